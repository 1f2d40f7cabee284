import { gzipSync } from 'node:zlib';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { MAX_JOIN_REQUEST_BYTES } from '../../../src/protocol/limits.ts';
import { addressOf } from '../../../src/server/addresses.ts';
import { checkJoinRequest } from '../../../src/server/door/join-request.ts';
import { Origins } from '../../../src/server/origins.ts';
import { RateLimit } from '../../../src/server/rate-limit.ts';

describe('A rate limit', () => {
  const make = (burst: number) => {
    let now = 0;
    const limit = new RateLimit({ burst, per: 60_000 }, () => now);
    return { limit, pass: (ms: number) => (now += ms) };
  };

  it('lets a burst through, and then one by one as it grows back', () => {
    const { limit, pass } = make(3);
    expect([1, 2, 3].map(() => limit.take('a'))).toEqual([undefined, undefined, undefined]);
    expect(limit.take('a')).toBe(20);
    pass(19_999);
    expect(limit.take('a')).toBe(1);
    pass(1);
    expect(limit.take('a')).toBeUndefined();
    expect(limit.take('a')).toBe(20);
  });

  it('does not hold against somebody what they tried in vain', () => {
    const { limit, pass } = make(1);
    limit.take('a');
    for (let time = 0; time < 50; time++) limit.take('a');
    pass(60_000);
    expect(limit.take('a')).toBeUndefined();
  });

  it('counts everybody alone, and forgets the many who are gone', () => {
    const { limit, pass } = make(1);
    for (let who = 0; who < 30_000; who++) {
      expect(limit.take(`address ${who}`)).toBeUndefined();
      pass(10);
    }
    expect(limit.take('address 29999')).toBeGreaterThan(0);
  });
});

describe('The address of a request', () => {
  const of = (forwarded: string | undefined, trustProxy: number): string =>
    addressOf(
      {
        socket: { remoteAddress: '10.0.0.1' } as never,
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      },
      trustProxy,
    );

  it.each([
    ['1.1.1.1', 0, '10.0.0.1'],
    [undefined, 0, '10.0.0.1'],
    [undefined, 1, '10.0.0.1'],
    ['', 1, '10.0.0.1'],
    ['1.1.1.1', 1, '1.1.1.1'],
    ['6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['6.6.6.6,1.1.1.1 , 10.0.0.2,', 2, '1.1.1.1'],
    ['1.1.1.1', 3, '1.1.1.1'],
  ])('forwarded for "%s" with %i proxies is %s', (forwarded, trustProxy, expected) => {
    expect(of(forwarded, trustProxy)).toBe(expected);
  });
});

describe('Origins', () => {
  const origins = new Origins('https://example.com/meeting', ['https://shop.example']);
  it.each(['https://example.com', 'https://shop.example', undefined, null])('take %s', (origin) => {
    expect(() => origins.check(origin)).not.toThrow();
  });

  it.each(['null', '', 'https://shop.example/', 'https://SHOP.example', 'http://example.com', '*'])(
    'do not take "%s"',
    (origin) => {
      expect(() => origins.check(origin)).toThrow();
      expect(origins.headers(origin)).toEqual({ vary: 'origin' });
    },
  );
});

describe('A join request', () => {
  const wrap = (bytes: Uint8Array, compression: WrappedJoinRequest_Compression): string =>
    Buffer.from(new WrappedJoinRequest({ joinRequest: bytes, compression }).toBinary()).toString(
      'base64',
    );
  const { GZIP, NONE } = WrappedJoinRequest_Compression;
  /** A request of exactly `size` bytes, its tag and length included. */
  const ofSize = (size: number): Uint8Array => {
    const attribute = (length: number) =>
      new JoinRequest({ metadata: 'm'.repeat(length) }).toBinary();
    const overhead = attribute(size - 10).length - (size - 10);
    return attribute(size - overhead);
  };

  it.each([
    ['in gzip', wrap(new Uint8Array(gzipSync(ofSize(1_000))), GZIP)],
    ['as it is', wrap(ofSize(1_000), NONE)],
    ['of the last size', wrap(new Uint8Array(gzipSync(ofSize(MAX_JOIN_REQUEST_BYTES))), GZIP)],
  ])('%s is taken', (_what, parameter) => {
    expect(() => checkJoinRequest(parameter)).not.toThrow();
  });

  it.each([
    ['one byte more', wrap(new Uint8Array(gzipSync(ofSize(MAX_JOIN_REQUEST_BYTES + 1))), GZIP)],
    ['a bomb', wrap(new Uint8Array(gzipSync(Buffer.alloc(50_000_000))), GZIP)],
    ['no gzip', wrap(new Uint8Array([1, 2, 3]), GZIP)],
    ['cut off gzip', wrap(new Uint8Array(gzipSync(ofSize(500)).subarray(0, 15)), GZIP)],
    ['no protobuf inside', wrap(new Uint8Array([0xff, 0xff, 0xff]), NONE)],
    ['no protobuf', Buffer.from([0xff, 0xff]).toString('base64')],
    ['no base64', 'a b c'],
    ['empty', ''],
    ['too long', 'A'.repeat(90_004)],
  ])('that is %s is not', (_what, parameter) => {
    const start = performance.now();
    expect(() => checkJoinRequest(parameter)).toThrow(/join request/);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
