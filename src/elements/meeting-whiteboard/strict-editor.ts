import { Editor } from 'js-draw';

/**
 * js-draw for pages that are strict about styles: theirs refuse a `<style>` element, and say so in
 * the console. What js-draw would put into one is in `drawing.styles.ts`.
 */
export class StrictEditor extends Editor {
  override addStyleSheet(): HTMLStyleElement {
    return this.getRootElement().ownerDocument.createElement('style');
  }
}
