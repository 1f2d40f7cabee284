import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { RoomEvent } from '../../../src/protocol/events.ts';
import type { Stem } from '../../../src/protocol/paths.ts';
import { errorsOf, type Route, ROUTES, takesApiKey } from '../../../src/protocol/routes.ts';
import { type ServerErrorCode, STATUS } from '../../../src/protocol/status.ts';
import { createDocument } from '../../../src/server/openapi/document.ts';
import { EXAMPLES } from '../../../src/server/openapi/examples.ts';
import { eventName } from '../../../src/server/openapi/schemas.ts';

interface Media {
  schema: { allOf?: [unknown, { properties: { code: { enum: ServerErrorCode[] } } }] };
  example?: unknown;
}
interface Operation {
  operationId: string;
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content: Record<string, Media> }>;
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: { requestBody: { content: Record<string, Media> } } }>;
  components: { schemas: Record<string, { properties?: object }> };
}

const document = createDocument('https://example.com/meeting/') as unknown as Document;
const operationOf = ({ path, method }: Route): Operation | undefined =>
  document.paths[path]?.[method.toLowerCase()];

/** Every code of an operation, with the status that it is listed under. */
const codesOf = ({ responses }: Operation): [ServerErrorCode, number][] =>
  Object.entries(responses).flatMap(([status, { content }]) =>
    (content['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? []).map(
      (code): [ServerErrorCode, number] => [code, Number(status)],
    ),
  );

describe('The OpenAPI document', () => {
  it('is one, by the schema of OpenAPI 3.1', async () => {
    // As it goes over the wire: what is undefined is not there.
    const sent = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    const validator = new Validator();
    const result = await validator.validate(sent);
    expect(result.errors ?? []).toEqual([]);
    expect([result.valid, validator.version]).toEqual([true, '3.1']);
    expect(document.servers).toEqual([{ url: 'https://example.com/meeting' }]);
  });

  it('refers to nothing that is not there', () => {
    const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    const names = new Set([...refs].map(([, name]) => String(name)));
    expect(names.size).toBeGreaterThan(10);
    for (const name of names) expect(document.components.schemas).toHaveProperty(name);
    expect(JSON.stringify(document)).not.toContain('#/$defs');
  });

  it.each(Object.values<Route>(ROUTES))('has $stem, as the routes table has it', (route) => {
    const operation = operationOf(route);
    if (!operation) throw new Error(`${route.method} ${route.path} is not there`);
    expect(operation.operationId).toBe(route.stem);
    const codes = codesOf(operation);
    expect(codes.map(([code]) => code).sort()).toEqual([...errorsOf(route)].sort());
    for (const [code, status] of codes) expect(status, code).toBe(STATUS[code]);
    const names = operation.security.flatMap((one) => Object.keys(one));
    const expected = [...(takesApiKey(route) ? ['apiKey'] : []), 'session'];
    expect(names).toEqual(route.access === 'anyone' ? [] : expected);
    const inputs = Object.keys(
      (route.input as v.StrictObjectSchema<v.ObjectEntries, undefined>).entries,
    );
    const queries = operation.parameters
      .filter((one) => one.in === 'query')
      .map(({ name }) => name);
    const body = operation.requestBody?.content['application/json'];
    expect(queries).toEqual(route.method === 'GET' ? inputs : []);
    expect(body !== undefined).toBe(route.method === 'POST');
  });

  it.each(Object.keys(ROUTES) as Stem[])('shows %s by examples that are good', (stem) => {
    const { input, answer }: { input: unknown; answer?: unknown } = EXAMPLES[stem];
    const route: Route = ROUTES[stem];
    expect(v.parse(route.input, input)).toEqual(input);
    const isFile = ['activity-export', 'file-preview', 'file-read', 'recording-read'].includes(
      stem,
    );
    if (!isFile) expect(v.parse(route.answer, answer)).toEqual(answer);
  });

  it('has every error code of HTTP, and only such', () => {
    const all = Object.values(document.paths).flatMap((path) =>
      Object.values(path).flatMap(codesOf),
    );
    const codes = new Set(all.map(([code]) => code));
    // What the door and uploads say by themselves, and what is said where there is no route.
    const elsewhere: ServerErrorCode[] = [
      'already-connected',
      'door-path-forbidden',
      'door-token-invalid',
      'file-too-large',
      'files-full',
      'recordings-full',
      'route-not-found',
      'seat-invalid',
      'sfu-unreachable',
      'upgrade-required',
      'upload-elsewhere',
      'upload-refused',
    ];
    expect([...codes, ...elsewhere].sort()).toEqual(Object.keys(STATUS).sort());
  });

  it('tells every event as a webhook, with its schema', () => {
    const types = RoomEvent.options.map(({ entries }) => entries.type.literal);
    expect(Object.keys(document.webhooks).sort()).toEqual([...types].sort());
    for (const type of types) {
      const { schema } =
        document.webhooks[type]?.post.requestBody.content['application/json'] ?? {};
      expect(schema).toEqual({ $ref: `#/components/schemas/${eventName(type)}` });
      const { properties } = document.components.schemas[eventName(type)] ?? {};
      expect(properties).toMatchObject({
        type: { const: type },
        id: {},
        seq: {},
        at: {},
        room: {},
      });
    }
  });
});
