/**
 * Makes something that listens to the page's document and has no way to stop: it does until `signal`
 * aborts. For js-draw 1.33, whose `Editor.remove()` leaves its listeners for copy and paste.
 */
export function listeningUntil<T>(signal: AbortSignal, make: () => T): T {
  const add = document.addEventListener.bind(document);
  document.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void =>
    add(type, listener, {
      ...(typeof options === 'object' ? options : { capture: options === true }),
      signal,
    });
  try {
    return make();
  } finally {
    // The document's own comes from its prototype.
    Reflect.deleteProperty(document, 'addEventListener');
  }
}
