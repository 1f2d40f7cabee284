/** Registers an element, unless there are no custom elements here or the name is taken. */
export function safeDefine(tag: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements;
  if (!registry || registry.get(tag)) return;
  registry.define(tag, element);
}
