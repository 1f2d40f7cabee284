import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
// Named by its own variable of the page, it works here and not in a worker: its file would have to be
// of the page's own origin, and a bundler would have to find it.
import 'pdfjs-dist/build/pdf.worker.min.mjs';

/** No side of a picture is longer, in pixels, however long a page is. */
const MAX_SIDE = 4_000;
/** What a picture in a page may have, in pixels. */
const MAX_IMAGE = 50_000_000;

/** The pages of a PDF as pictures, by pdf.js. Fetched when somebody picks one. */
export class PdfPages {
  readonly #document: PDFDocumentProxy;

  private constructor(document: PDFDocumentProxy) {
    this.#document = document;
  }

  /** @throws an Error named `PasswordException` where it has a password, or another for none at all. */
  static async open(bytes: Uint8Array): Promise<PdfPages> {
    const task = getDocument({
      data: bytes,
      // A page's policy forbids both, and nothing is fetched for a PDF.
      ...{ isEvalSupported: false, useWasm: false, useWorkerFetch: false },
      ...{ useSystemFonts: true, enableXfa: false, maxImageSize: MAX_IMAGE, verbosity: 0 },
    });
    try {
      return new PdfPages(await task.promise);
    } catch (error) {
      void task.destroy();
      throw error;
    }
  }

  get count(): number {
    return this.#document.numPages;
  }

  /** Page `number`, from 1, on white. @param side How long its longer side is, in pixels. */
  async draw(number: number, side: number): Promise<HTMLCanvasElement> {
    const page = await this.#document.getPage(number);
    try {
      const { width, height } = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({
        scale: Math.min(side, MAX_SIDE) / Math.max(width, height, 1),
      });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(viewport.width));
      canvas.height = Math.max(1, Math.round(viewport.height));
      await page.render({ canvas, viewport, background: '#ffffff' }).promise;
      return canvas;
    } finally {
      page.cleanup();
    }
  }

  close(): void {
    void this.#document.loadingTask.destroy();
  }
}
