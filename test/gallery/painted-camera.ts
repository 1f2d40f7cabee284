import type { VideoSource } from '../../src/core/state.ts';

/** A picture that could be somebody in front of a camera: a room, a light, head and shoulders. */
export function paintedCamera(seed: number): VideoSource {
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  paint(canvas, seed);
  const stream = canvas.captureStream(1);
  // A canvas that does not change sends no frame to a new listener.
  const timer = setInterval(() => paint(canvas, seed), 200);
  return {
    id: `painted-${seed}`,
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

function paint(canvas: HTMLCanvasElement, seed: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const hue = (seed * 67 + 25) % 360;
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, `oklch(0.82 0.04 ${hue})`);
  wall.addColorStop(1, `oklch(0.52 0.06 ${(hue + 40) % 360})`);
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  const light = context.createRadialGradient(
    width * 0.2,
    height * 0.15,
    20,
    width * 0.2,
    height * 0.15,
    620,
  );
  light.addColorStop(0, 'rgb(255 250 235 / 0.75)');
  light.addColorStop(1, 'rgb(255 250 235 / 0)');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  const x = width * (0.48 + ((seed * 13) % 7) / 90);
  const skin = ['#e8bfa0', '#8d5a3c', '#f0cfae', '#5c3a28', '#c68e67'][seed % 5] ?? '#c68e67';
  const hair = ['#2b1c14', '#171113', '#6e4a2a', '#0f0d0d', '#83776d'][(seed * 3) % 5] ?? '#222222';
  const oval = (color: string, cx: number, cy: number, rx: number, ry: number): void => {
    context.fillStyle = color;
    context.beginPath();
    context.ellipse(cx, cy, rx, ry, 0, 0, 7);
    context.fill();
  };
  oval(hair, x, 300, 150, 180);
  oval(`oklch(0.4 0.08 ${(hue + 190) % 360})`, x, 800, 380, 290);
  context.fillStyle = skin;
  context.fillRect(x - 52, 430, 104, 120);
  oval(skin, x, 540, 78, 46);
  oval(skin, x, 335, 118, 150);
  oval(hair, x, 205, 128, 66);
}
