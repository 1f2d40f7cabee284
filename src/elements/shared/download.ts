/**
 * Has the browser download what `url` leads to. It comes as an attachment; should it ever not, the
 * call must not be left for it: a page of another origin can't be kept from by `download`.
 */
export function download(url: string, page: Document): void {
  const link = page.createElement('a');
  link.href = url;
  link.rel = 'noopener noreferrer';
  if (new URL(url, page.baseURI).origin === page.defaultView?.origin) link.download = '';
  else link.target = '_blank';
  link.click();
}
