import { stepOf, type Point, type Tool, toolOf } from './whiteboard.model.ts';

/** What keys do on the paper. */
export interface BoardKeysPorts {
  readonly hasSelection: boolean;
  tool(tool: Tool): void;
  undo(): void;
  redo(): void;
  pan(by: Point): void;
  zoom(factor: number): void;
  fit(): void;
  removeSelection(): void;
  deselect(): void;
}

export const ZOOM_STEP = 1.25;

/** @returns whether the key was one of ours; others are the drawing's, or the room's. */
export function pressOnPaper(event: KeyboardEvent, ports: BoardKeysPorts): boolean {
  const { key } = event;
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return command(key.toLowerCase(), event.shiftKey, ports);
  const step = stepOf(key);
  // With something selected, the arrows move that.
  if (step) {
    if (!ports.hasSelection) ports.pan(step);
    return !ports.hasSelection;
  }
  const tool = toolOf(key);
  if (tool) ports.tool(tool);
  else if (key === '+' || key === '=') ports.zoom(ZOOM_STEP);
  else if (key === '-') ports.zoom(1 / ZOOM_STEP);
  else if (key === 'Home') ports.fit();
  else if (key === 'Delete' || key === 'Backspace') ports.removeSelection();
  else if (key === 'Escape' && ports.hasSelection) ports.deselect();
  else return false;
  return true;
}

function command(key: string, isShifted: boolean, ports: BoardKeysPorts): boolean {
  if (key === 'z' && !isShifted) ports.undo();
  else if (key === 'y' || (key === 'z' && isShifted)) ports.redo();
  else return false;
  return true;
}
