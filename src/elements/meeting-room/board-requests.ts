import type { WhiteboardClearRequestEvent } from '../../events/whiteboard-clear-request.ts';
import type { WhiteboardCreateRequestEvent } from '../../events/whiteboard-create-request.ts';
import type { WhiteboardDeleteRequestEvent } from '../../events/whiteboard-delete-request.ts';
import type { WhiteboardLockRequestEvent } from '../../events/whiteboard-lock-request.ts';
import type { WhiteboardRenameRequestEvent } from '../../events/whiteboard-rename-request.ts';
import { attempt, type RouterPorts } from './router-ports.ts';

/** How the router carries out what people ask for about whiteboards. */

const attemptIt = (
  ports: RouterPorts,
  act: (store: RouterPorts['store']) => Promise<unknown>,
): Promise<void> => attempt(ports, ports.texts().toast.boardFailed, () => act(ports.store));

export const createBoard = (
  { name }: WhiteboardCreateRequestEvent,
  ports: RouterPorts,
): Promise<void> => attemptIt(ports, (store) => store.createWhiteboard(name));

export const renameBoard = (
  { whiteboard, name }: WhiteboardRenameRequestEvent,
  ports: RouterPorts,
): Promise<void> => attemptIt(ports, (store) => store.renameWhiteboard(whiteboard.id, name));

export const lockBoard = (
  { whiteboard, locked }: WhiteboardLockRequestEvent,
  ports: RouterPorts,
): Promise<void> => attemptIt(ports, (store) => store.lockWhiteboard(whiteboard.id, locked));

export async function clearBoard(
  { whiteboard }: WhiteboardClearRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { confirm } = ports.texts();
  const consent = await ports.ask({
    title: confirm.clearBoardTitle(whiteboard.name),
    text: confirm.clearBoardText,
    action: confirm.clearBoard,
  });
  if (consent) await attemptIt(ports, (store) => store.clearWhiteboard(whiteboard.id));
}

export async function deleteBoard(
  { whiteboard }: WhiteboardDeleteRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { confirm } = ports.texts();
  const consent = await ports.ask({
    title: confirm.deleteFileTitle(whiteboard.name),
    text: confirm.clearBoardText,
    action: confirm.deleteFile,
  });
  if (consent) await attemptIt(ports, (store) => store.deleteWhiteboard(whiteboard.id));
}
