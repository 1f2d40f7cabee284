import type { ResetReceipt } from '../../protocol/reset.ts';
import { saveFile } from './save-file.ts';

/** Saves what a reset came to: what, how much, when, by whom. */
export function saveReceipt(
  { startedAt, finishedAt, parts, people }: ResetReceipt,
  { room, by }: { room: string; by: string | undefined },
): void {
  const receipt = {
    room,
    by,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    parts,
    people,
  };
  const file = new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' });
  saveFile(document, file, `${room}-reset.json`);
}
