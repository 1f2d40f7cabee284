import type { VideoSource } from '../../src/core/state.ts';
import type { Scene } from './scenes.ts';

/** A screen with a table and a chart, as somebody would talk through. */
function paintedScreen(): VideoSource {
  const canvas = document.createElement('canvas');
  canvas.width = 1600;
  canvas.height = 1000;
  const stream = canvas.captureStream(1);
  const timer = setInterval(() => paint(canvas), 200);
  return {
    id: 'painted-screen',
    attach(video) {
      video.srcObject = stream;
      void video.play().catch(() => undefined);
    },
    detach(video) {
      clearInterval(timer);
      video.srcObject = null;
    },
  };
}

function paint(canvas: HTMLCanvasElement): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const box = (color: string, x: number, y: number, width: number, height: number): void => {
    pen.fillStyle = color;
    pen.fillRect(x, y, width, height);
  };
  box('#f6f7fb', 0, 0, 1600, 1000);
  box('#1d2433', 0, 0, 1600, 56);
  pen.fillStyle = '#1d2433';
  pen.font = '600 44px system-ui';
  pen.fillText('Third quarter', 90, 150);
  for (let row = 0; row < 9; row += 1) {
    box(row % 2 ? '#fff' : '#e9ecf5', 90, 200 + row * 76, 660, 76);
    box('#8b93a7', 120, 230 + row * 76, 180 + ((row * 61) % 140), 16);
    box('#c2c8d8', 560, 230 + row * 76, 120, 16);
  }
  for (let bar = 0; bar < 7; bar += 1) {
    const height = 160 + ((bar * 137) % 420);
    box(bar === 4 ? '#3f6be0' : '#aebbe4', 850 + bar * 94, 880 - height, 60, height);
  }
}

export const screenScenes = (call: Scene, guest: Scene): Readonly<Record<string, Scene>> => ({
  'screen-other': async (store, room) => {
    await call(store, room);
    store.setScreen('p_1', paintedScreen());
  },
  'screen-two': async (store, room) => {
    await call(store, room);
    store.setScreen('p_1', paintedScreen());
    store.setScreen('p_2', paintedScreen());
  },
  'screen-own': async (store, room) => {
    await call(store, room);
    store.screenShare.value = { phase: 'on' };
    store.setScreen('p_0', paintedScreen());
  },
  'screen-forbidden': async (store, room) => {
    await guest(store, room);
    store.room.value = { name: 'acme', locked: false, presenterMode: true };
  },
  'screen-beside-whiteboard': async (store, room) => {
    await call(store, room);
    store.setScreen('p_1', paintedScreen());
    await room.openPanel('whiteboard');
  },
});
