import type { Whiteboard } from '../../src/protocol/whiteboard.ts';
import { fakePdf } from '../fakes/fake-pdf.ts';
import type { Scene } from './scenes.ts';

const ana = { identity: 'p_0', name: 'Ana Ribeiro', role: 'host', person: 'p0' } as const;

const board = (name: string, more: Partial<Whiteboard> = {}): Whiteboard => ({
  ...{ id: `w_${name}`, name, locked: false, at: 1, by: ana, gen: 1 },
  ...more,
});

const stroke = (zIndex: number, color: string, width: number, path: string) => ({
  ...{ name: 'stroke', zIndex },
  data: [{ style: { fill: '#00000000', stroke: { color, width } }, path }],
});

/** The call with the whiteboards on the stage. */
export function onBoards(call: Scene, ...boards: Whiteboard[]): Scene {
  return async (store, room) => {
    await call(store, room);
    store.setBoards(...boards);
    await room.openWhiteboard();
    if (boards.length === 0) return;
    const other = store.serverBoard.open('p_1');
    await other.board.catchUp();
    other.board.change([
      { id: 'a', item: stroke(1, '#1d4ed8', 5, 'M80,90 L420,90 L420,260 L80,260 L80,90') },
      { id: 'b', item: stroke(2, '#c8102e', 5, 'M110,220 Q200,60 260,180 T400,120') },
      { id: 'c', item: stroke(3, '#15803d66', 25, 'M120,300 L380,300') },
      { id: 'd', item: stroke(4, '#1f2430', 3, 'M470,170 L600,170 M585,160 L600,170 L585,180') },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const stroked = {
      color: '#7e22ce',
      width: 5,
      points: [620, 100, 660, 160, 640, 240, 700, 260],
    };
    store.openedBoard?.board.hearHint('p_1', { x: 500, y: 220, stroke: stroked });
    store.openedBoard?.board.hearHint('p_2', { x: 240, y: 130 });
  };
}

/** All scenes of the whiteboards. */
export const boardScenes = (call: Scene): Record<string, Scene> => ({
  boards: onBoards(call, board('Kitchen'), board('Hall and stairs', { at: 2, locked: true })),
  'boards-pdf': async (store, room) => {
    await onBoards(call, board('Kitchen'))(store, room);
    const panel = room.shadowRoot?.querySelector('meeting-panel')?.shadowRoot;
    const shown = panel?.querySelector('meeting-whiteboard')?.shadowRoot;
    const dialog = shown
      ?.querySelector('meeting-board')
      ?.shadowRoot?.querySelector('meeting-board-pdf');
    void dialog?.ask(new File([fakePdf(7)], 'Kitchen, first plan.pdf'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (const at of [0, 2]) {
      dialog?.shadowRoot?.querySelectorAll<HTMLElement>('.pages input')[at]?.click();
    }
  },
  'boards-empty': onBoards(call),
});
