import * as v from 'valibot';
import { RoomEvent } from '../../protocol/events.ts';
import { RoomName } from '../../protocol/names.ts';
import type { Stem } from '../../protocol/paths.ts';
import { type Access, errorsOf, type Route, ROUTES, takesApiKey } from '../../protocol/routes.ts';
import { type ServerErrorCode, STATUS } from '../../protocol/status.ts';
import { EXAMPLES } from './examples.ts';
import { OPERATIONS } from './operations.ts';
import { eventName, namedSchemas, type Schema, toSchema } from './schemas.ts';
import { ACCESS_TEXTS, EVENT_TEXTS, ROUTE_TEXTS } from './texts.ts';

/** Of this interface, not of the package: it counts changes that break callers. */
const VERSION = '1';

const DESCRIPTION = `The server half of livekit-meeting-room, over HTTP.

Another backend acts with an API key (\`Authorization: Bearer <key>\`), and everybody in the room sees
the actor \`{ "kind": "server" }\`. Pages act with the session that entering or knocking answered.

Every refusal is a problem (RFC 9457) with one \`code\` of a closed set. Numbers that end in \`at\`,
\`At\` or \`until\` are ms since the epoch, by the server's clock.`;

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of a server at `url`, made from the routes table. */
export function createDocument(url: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'livekit-meeting-room',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: url.replace(/\/+$/, '') }],
    tags: [
      { name: 'backend', description: 'What an API key may do, and hosts' },
      { name: 'page', description: 'What pages do for the person before them' },
      { name: 'operations', description: 'For whoever runs the server' },
    ],
    paths: { ...pathsOf(Object.values<Route>(ROUTES)), ...OPERATIONS },
    webhooks: Object.fromEntries(
      RoomEvent.options.map(({ entries }) => [
        entries.type.literal,
        toWebhook(entries.type.literal),
      ]),
    ),
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        session: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret of one stay or knock, from `call-enter` or `knock`.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'One of the `apiKeys` of the server.',
        },
      },
    },
  };
}

const pathsOf = (routes: readonly Route[]): Json =>
  Object.fromEntries(
    routes.map((route) => [route.path, { [route.method.toLowerCase()]: toOperation(route) }]),
  );

function toOperation(route: Route): Json {
  const stem = route.stem as Stem;
  const input = toSchema(route.input, 'input');
  const isGet = route.method === 'GET';
  return {
    operationId: stem,
    summary: ROUTE_TEXTS[stem],
    description: `${ACCESS_TEXTS[route.access]}${route.takesApiKey ? ' An API key does, too.' : ''}`,
    tags: [takesApiKey(route) ? 'backend' : 'page'],
    security: securityOf(route),
    parameters: [ROOM, ...(isGet ? toQuery(input, EXAMPLES[stem].input) : [])],
    ...(!isGet && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: input, example: EXAMPLES[stem].input } },
      },
    }),
    responses: { 200: toAnswer(route), ...toProblems(errorsOf(route)) },
  };
}

const ROOM = {
  name: 'room',
  in: 'path',
  required: true,
  description: 'The name of the room; its case does not count',
  schema: toSchema(RoomName, 'input'),
  example: 'acme',
};

function securityOf(route: Route): Json[] {
  const session: Partial<Record<Access, Json[]>> = { anyone: [] };
  return (
    session[route.access] ?? [...(takesApiKey(route) ? [{ apiKey: [] }] : []), { session: [] }]
  );
}

function toQuery({ properties = {}, required = [] }: Schema, example: object): Json[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(name in example && { example: (example as Json)[name] }),
  }));
}

/** Routes that answer with bytes. */
const BYTES: ReadonlySet<string> = new Set<Stem>(['file-preview', 'file-read', 'recording-read']);

function toAnswer({ stem, answer }: Route): Json {
  if (stem === 'activity-export') {
    return {
      description: 'The file',
      headers: { 'content-disposition': { schema: { type: 'string' } } },
      content: {
        'text/csv': { schema: { type: 'string' } },
        'application/json': { schema: toSchema(v.array(RoomEvent), 'output') },
      },
    };
  }
  if (BYTES.has(stem)) {
    const bytes = { schema: { type: 'string', format: 'binary' } };
    return {
      description:
        stem === 'recording-read'
          ? 'The bytes, as an attachment unless `inline`'
          : 'The bytes, as an attachment',
      headers: { 'content-disposition': { schema: { type: 'string' } } },
      content: stem === 'file-preview' ? { 'image/jpeg': bytes } : { '*/*': bytes },
    };
  }
  return {
    description: 'Done',
    content: {
      'application/json': {
        schema: toSchema(answer, 'output'),
        example: EXAMPLES[stem as Stem].answer,
      },
    },
  };
}

/** One response a status, with the codes that it may have here. */
function toProblems(codes: readonly ServerErrorCode[]): Json {
  const statuses = [...new Set(codes.map((code) => STATUS[code]))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      toProblemResponse(
        status,
        codes.filter((code) => STATUS[code] === status),
      ),
    ]),
  );
}

const toProblemResponse = (status: number, codes: readonly ServerErrorCode[]): Json => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  ...((status === 429 || status === 503) && {
    headers: { 'retry-after': { description: 'Seconds', schema: { type: 'integer' } } },
  }),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { properties: { code: { enum: codes }, status: { const: status } } },
        ],
      },
    },
  },
});

function toWebhook(type: keyof typeof EVENT_TEXTS): Json {
  const header = (name: string, description: string, required = true): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return {
    post: {
      operationId: `webhook-${type}`,
      summary: EVENT_TEXTS[type],
      description: 'Signed as Standard Webhooks says; sent again until it is answered with 2xx.',
      parameters: [
        header('webhook-id', 'The same for every try of one event, and of no other'),
        header('webhook-timestamp', 'When this try was made, seconds since the epoch'),
        header('webhook-signature', '`v1,` and base64; one for each secret, by spaces'),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: `#/components/schemas/${eventName(type)}` } },
        },
      },
      responses: {
        '2XX': { description: 'Taken' },
        410: { description: 'Wanted no more: it is not sent again' },
        default: { description: 'Not taken: it is sent again later' },
      },
    },
  };
}
