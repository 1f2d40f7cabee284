import { type Editor, Rect2, Vec2 } from 'js-draw';
import { MARGIN } from './whiteboard.model.ts';

/** What an empty board comes to. */
const EMPTY = { x: 0, y: 0, w: 400, h: 300 };
/** No side of a PNG has more pixels than this. */
const MAX_SIDE = 4_000;

/** All that is drawn, on white. @param extent Around what is drawn; none when nothing is. */
export function toSvg(editor: Editor, extent: Rect2 | undefined): string {
  frame(editor, extent);
  const svg = editor.toSVG({ minDimension: 200 });
  const paper = svg.ownerDocument.createElementNS(svg.namespaceURI, 'rect');
  const [x, y, width, height] = (svg.getAttribute('viewBox') ?? '0 0 0 0').split(/[ ,]+/);
  const at = { x, y, width, height, fill: '#ffffff' };
  for (const [name, value] of Object.entries(at)) paper.setAttribute(name, value ?? '0');
  svg.prepend(paper);
  return new XMLSerializer().serializeToString(svg);
}

/** The same as a PNG. */
export async function toPng(editor: Editor, extent: Rect2 | undefined): Promise<Blob> {
  const rect = frame(editor, extent);
  const scale = Math.min(2, MAX_SIDE / Math.max(rect.width, rect.height));
  const size = Vec2.of(Math.ceil(rect.width * scale), Math.ceil(rect.height * scale));
  const image = new Image();
  image.src = editor.toDataURL('image/png', size);
  await image.decode();
  const canvas = new OffscreenCanvas(size.x, size.y);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, size.x, size.y);
    context.drawImage(image, 0, 0);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Takes all that is drawn into what is exported. */
function frame(editor: Editor, extent: Rect2 | undefined): Rect2 {
  const rect = (extent ?? Rect2.of(EMPTY)).grownBy(MARGIN);
  void editor.image.setImportExportRect(rect).apply(editor);
  return rect;
}
