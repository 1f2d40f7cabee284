import type { MessageDeleteRequestEvent } from '../../events/message-delete-request.ts';
import type { MessageEditRequestEvent } from '../../events/message-edit-request.ts';
import type { MessageSendRequestEvent } from '../../events/message-send-request.ts';
import { fail, type RouterPorts } from './router-ports.ts';

/** How the router carries out what people do in the chat. */

export async function sendMessage(
  { wish }: MessageSendRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { store } = ports;
  const { text, to, replyTo } = wish;
  try {
    await store.sendMessage(text, {
      ...(to && { to: to.identity }),
      ...(replyTo !== undefined && { replyTo }),
    });
  } catch (error) {
    // The message itself says that it was not sent, and why.
    if (store.chat.peek().messages.some((message) => message.error === error)) return;
    await fail(ports.texts().toast.messageFailed, error, ports);
  }
}

export async function editMessage(
  { message, text }: MessageEditRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  try {
    await ports.store.editMessage(message.id, text);
  } catch (error) {
    await fail(ports.texts().toast.messageEditFailed, error, ports);
  }
}

/** One's own goes at once; somebody else's words only after a second thought. */
export async function deleteMessage(
  { message }: MessageDeleteRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { confirm, toast } = ports.texts();
  const isOwn = message.by.person === ports.store.me.peek()?.person;
  const consent =
    isOwn ||
    (await ports.ask({
      title: confirm.messageTitle(message.by.name),
      text: confirm.messageText,
      action: confirm.messageDelete,
    }));
  if (!consent) return;
  try {
    await ports.store.deleteMessage(message.id);
  } catch (error) {
    await fail(toast.messageDeleteFailed, error, ports);
  }
}
