import type { BoardState } from '../../core/board-state.ts';
import type { Texts } from '../../locales/en.ts';
import type { PanelTexts } from '../../locales/en-panels.ts';
import { explain, sentenceOf } from '../shared/errors.model.ts';

/** What the line above a board hangs on. */
export interface Noted extends Partial<Pick<BoardState, 'phase' | 'error'>> {
  readonly isHost?: boolean;
  readonly isPresenting?: boolean;
  readonly locked: boolean;
  /** What of this page did not work. */
  readonly failed: 'engine' | 'picture' | 'export' | undefined;
}

/** What is to be said above a board, the most pressing alone. */
export function noteOf(
  { phase, error, failed, isHost, isPresenting, locked }: Noted,
  texts: Texts & Pick<PanelTexts, 'whiteboard'>,
): string | undefined {
  const { whiteboard } = texts;
  if (phase === 'gone') return whiteboard.gone;
  if (phase === 'failed' && error) return explain(error.code, texts).title;
  if (error) return `${whiteboard.lost} ${sentenceOf(error.code, texts)}`;
  if (failed === 'picture') return whiteboard.pictureFailed;
  if (failed === 'export') return whiteboard.exportFailed;
  if (phase === 'offline') return whiteboard.offline;
  if (isHost) return undefined;
  if (locked) return whiteboard.locked;
  return isPresenting ? whiteboard.presenter : undefined;
}
