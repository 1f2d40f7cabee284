import { previewReset } from '../rules/reset/preview.ts';
import { ALL_PARTS } from '../rules/reset/parts.ts';
import { type BackendHandler, readAsHost } from './context.ts';

export const resetPreview: BackendHandler<'reset-preview'> = async (parts, call) => {
  const room = await readAsHost(parts, call);
  if (room) return previewReset(parts.ports.storage.db, room.id);
  return { seq: 0, people: 0, parts: ALL_PARTS.map((part) => ({ part, count: 0 })) };
};
