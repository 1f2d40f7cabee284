const ok = {
  description: 'Yes',
  content: {
    'application/json': {
      schema: { type: 'object', properties: { ok: { const: true } }, required: ['ok'] },
    },
  },
};

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** What any of them may be refused with. */
const common = {
  403: problem('`origin-not-allowed`'),
  405: problem('`method-not-allowed`'),
  429: problem('`rate-limited`'),
  503: problem('`server-closing`, `storage-unreachable`'),
};

const get = (operationId: string, summary: string, more: object): object => ({
  get: { operationId, summary, tags: ['operations'], security: [], ...more },
});

/** What is no route of a room, and worth knowing for whoever runs the server. */
export const OPERATIONS: Record<string, object> = {
  '/healthz': get('healthz', 'Whether the process lives', { responses: { 200: ok, ...common } }),
  '/readyz': get('readyz', 'Whether its database answers', { responses: { 200: ok, ...common } }),
  '/metrics': get('metrics', 'For Prometheus', {
    security: [{ apiKey: [] }],
    responses: {
      200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } },
      401: problem('`api-key-invalid`'),
      ...common,
    },
  }),
  '/openapi.json': get('openapi', 'This document', {
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: {} } } },
      ...common,
    },
  }),
};
