import type { IncomingMessage } from 'node:http';

/**
 * The address a request comes from. With `trustProxy` proxies in front, the one that the first of
 * them wrote into `X-Forwarded-For`; what stands left of it anybody could have written.
 */
export function addressOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  trustProxy: number,
): string {
  const direct = socket.remoteAddress ?? 'unknown';
  if (trustProxy === 0) return direct;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = forwarded.map((hop) => hop.trim()).filter(Boolean);
  return hops[hops.length - trustProxy] ?? hops[0] ?? direct;
}
