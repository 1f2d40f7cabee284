import { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { Locale } from '../../src/locales/locale.ts';
import { en } from '../../src/locales/en.ts';
import '../../src/define/all.ts';
import '../../src/define/stage.ts';
import { FakeStore } from '../fakes/fake-store.ts';
import { SCENES, until } from './scenes.ts';
import { RECORDING_SCENES } from './recording-scenes.ts';
import { SETTINGS_SCENES } from './settings-scenes.ts';

const ALL = { ...SCENES, ...SETTINGS_SCENES, ...RECORDING_SCENES };

/** How a scene is shown. */
export interface Setting {
  readonly scene: string;
  readonly theme: 'light' | 'dark';
  readonly lang: string;
  /** English, right to left: the layout of languages that are written so. */
  readonly mirrored?: boolean;
}

// The page of the pictures has no address, so that browsers take it for one that is not secure.
if (!navigator.mediaDevices) {
  const mediaDevices = {
    getDisplayMedia: () => Promise.reject(new Error('A picture shares none.')),
  };
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices });
}

async function show({ scene, theme, lang, mirrored }: Setting): Promise<void> {
  document.body.replaceChildren();
  document.documentElement.dir = mirrored ? 'rtl' : 'ltr';
  await MeetingRoom.loadStage();
  const room = document.createElement('meeting-room');
  const store = new FakeStore();
  const rtl: Locale = { ...en, dir: 'rtl' };
  Object.assign(room, { store, theme, lang, room: 'Design review', name: 'Ana Ribeiro' });
  if (mirrored) room.locale = rtl;
  document.body.append(room);
  await room.updateComplete;
  await until(() => store.called.includes('restore'));
  await new Promise(requestAnimationFrame);
  await ALL[scene]?.(store, room);
}

Object.assign(globalThis, { show, scenes: Object.keys(ALL) });
