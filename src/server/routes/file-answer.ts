/** What keeps a file from being anything but a download, wherever it is opened. */
const APART = {
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** The headers of bytes that somebody uploaded. Their name is quoted, and goes nowhere else. */
export const fileHeaders = (
  name: string,
  type: string,
  inline = false,
): Record<string, string> => ({
  ...APART,
  'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
  'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${quoted(name)}`,
});

/** As RFC 8187 has it, which leaves less unquoted than URLs do. */
const quoted = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
