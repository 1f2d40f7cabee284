/** The address that opens the room by `key`; the key alone where the page did not say the address. */
export const linkBy = (key: string, guests: string | null): string =>
  `${(guests ?? '').replace(/#.*$/s, '')}#key=${key}`;

/** What a mail program opens to send `link` to somebody. */
export function mailto(link: string, subject: string, email = ''): string {
  const fields = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(link)}`;
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}?${fields}`;
}
