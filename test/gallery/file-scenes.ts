import type { UploadState } from '../../src/core/file-state.ts';
import type { RoomFile } from '../../src/protocol/file.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { Scene } from './scenes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ana = { identity: 'p_0', name: 'Ana Ribeiro', role: 'host', person: 'p0' } as const;
const jonas = { identity: 'p_1', name: 'Jonas Weber', role: 'guest', person: 'p7' } as const;
const sara = { identity: 'p_8', name: 'سارة حداد', role: 'guest', person: 'p56' } as const;

/** Files as they are in a room that is used. */
export const FILES: readonly RoomFile[] = [
  file(1, 'Homepage, third draft.png', 2_431_000, 'image/png', jonas, 4 * MINUTE, true),
  file(2, 'Contract Weber GmbH (signed).pdf', 184_300, 'application/pdf', ana, 26 * MINUTE),
  file(
    3,
    'ملاحظات الاجتماع.docx',
    38_900,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    sara,
    2 * HOUR,
  ),
  file(
    4,
    'all-the-interviews-of-the-second-round-uncut-and-unsorted.zip',
    1_200_000_000,
    'application/zip',
    jonas,
    DAY,
  ),
  file(5, 'invoice fdp.exe', 88_000, 'application/x-msdownload', jonas, 2 * DAY),
  file(6, 'jingle.mp3', 3_100_000, 'audio/mpeg', ana, 3 * DAY),
  file(7, 'walkthrough.mp4', 64_200_000, 'video/mp4', ana, 3 * DAY),
  file(8, 'README', 812, 'text/plain', ana, 9 * DAY),
];

function file(
  index: number,
  name: string,
  size: number,
  type: string,
  by: RoomFile['by'],
  ago: number,
  preview = false,
): RoomFile {
  const image = type.startsWith('image/') && { image: { width: 1600, height: 1000 } };
  const id = `f_${String(index).padStart(22, '0')}`;
  return { id, name, size, type, preview, by, at: Date.now() - ago, ...image };
}

const UPLOADS: readonly UploadState[] = [
  {
    id: 'u1',
    name: 'workshop-recording.mov',
    size: 912_000_000,
    sent: 371_400_000,
    phase: 'sending',
  },
  { id: 'u2', name: 'photos.zip', size: 48_000_000, sent: 12_100_000, phase: 'paused' },
  { id: 'u3', name: 'notes.txt', size: 4_100, sent: 0, phase: 'waiting' },
  {
    id: 'u4',
    name: 'backup.img',
    size: 8_000_000_000,
    sent: 0,
    phase: 'failed',
    error: new MeetingError('file-too-large', ''),
  },
];

/** A picture as somebody would send one. */
async function picture(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  const sky = context.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, '#2b5876');
  sky.addColorStop(1, '#f3a183');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff8';
  context.beginPath();
  context.arc(width * 0.7, height * 0.35, height * 0.16, 0, 7);
  context.fill();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

/** The call with the files beside it. */
export function besideFiles(
  call: Scene,
  files: readonly RoomFile[],
  uploads: readonly UploadState[] = [],
): Scene {
  return async (store, room) => {
    await call(store, room);
    store.blobs.set(FILES[0]?.id ?? '', await picture(320, 200));
    store.setFiles(files);
    store.uploads.value = uploads;
    await room.openPanel('files');
  };
}

/** All scenes of the panel with the files. */
export const fileScenes = (call: Scene): Record<string, Scene> => ({
  files: besideFiles(call, FILES),
  'files-empty': besideFiles(call, []),
  'files-uploads': besideFiles(call, FILES, UPLOADS),
  'files-drop': async (store, room) => {
    await besideFiles(call, FILES)(store, room);
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'x.txt'));
    const init = { dataTransfer: data, bubbles: true, composed: true };
    panelOf(room).dispatchEvent(new DragEvent('dragenter', init));
  },
  'files-view': async (store, room) => {
    await besideFiles(call, FILES)(store, room);
    store.blobs.set(FILES[0]?.id ?? '', await picture(1_600, 1_000));
    const row = panelOf(room).shadowRoot?.querySelector('meeting-file');
    await row?.updateComplete;
    row?.shadowRoot?.querySelector<HTMLElement>('.view')?.click();
  },
});

function panelOf(room: Element): HTMLElement {
  const frame = room.shadowRoot?.querySelector('meeting-panel');
  const panel = frame?.shadowRoot?.querySelector('meeting-files');
  if (!panel) throw new Error('The panel is not open.');
  return panel;
}
