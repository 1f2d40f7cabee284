import { Doc, encodeStateAsUpdate } from 'yjs';
import { newMessageId } from './tokens.ts';

/** What an update is known by. */
export const newUpdateKey = (): string => newMessageId().slice(2);
export const newBoardId = (): string => `w_${newUpdateKey()}`;

/** What draws one item, as a page sends it. */
export function drawing(id: string, data = 'a line'): string {
  const doc = new Doc();
  doc.getMap('items').set(id, { name: 'stroke', data });
  return Buffer.from(encodeStateAsUpdate(doc)).toString('base64');
}
