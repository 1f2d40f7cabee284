import { type AbstractComponent, type Editor, ImageComponent, Mat33, Vec2 } from 'js-draw';
import { MARGIN } from './whiteboard.model.ts';
import type { Picture } from './pictures.ts';

/** Pictures side by side where one looks, below what is drawn: to draw on them. They are not added yet. */
export async function placePictures(
  editor: Editor,
  pictures: readonly Picture[],
  drawn: readonly AbstractComponent[],
): Promise<ImageComponent[]> {
  const images = await Promise.all(pictures.map(load));
  const { visibleRect } = editor.viewport;
  const lowest = Math.min(0, ...drawn.map((one) => one.getZIndex()));
  let left: number | undefined;
  for (const image of images) {
    const { size, width, height } = image.getBBox();
    const scale = Math.min(visibleRect.width / width, visibleRect.height / height) * 0.7;
    // The first is in the middle; the others go on beside it.
    left ??= visibleRect.center.x - (width * scale) / 2;
    const corner = Vec2.of(left, visibleRect.center.y - (size.y * scale) / 2);
    left += width * scale + MARGIN;
    const place = Mat33.translation(corner).rightMul(Mat33.scaling2D(scale));
    void image.setZIndexAndTransformBy(place, Math.floor(lowest) - 1).apply(editor);
  }
  return images;
}

async function load({ src, name }: Picture): Promise<ImageComponent> {
  const image = new Image();
  image.src = src;
  image.alt = name;
  await image.decode();
  return ImageComponent.fromImage(image, Mat33.identity);
}
