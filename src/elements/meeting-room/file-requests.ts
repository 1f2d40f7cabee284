import type { FileDeleteRequestEvent } from '../../events/file-delete-request.ts';
import type { FileUploadRequestEvent } from '../../events/file-upload-request.ts';
import { attempt, fail, type RouterPorts } from './router-ports.ts';

/** How the router carries out what people ask for about files. */

/** Each upload says for itself how it goes; here only that none could be begun. */
export async function uploadFiles(
  { files, inChat }: FileUploadRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  await attempt(ports, ports.texts().toast.uploadFailed, () =>
    ports.store.addFiles(files, inChat ? { inChat } : undefined),
  );
}

export async function deleteFile(
  { file }: FileDeleteRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { confirm, toast } = ports.texts();
  const consent = await ports.ask({
    title: confirm.deleteFileTitle(file.name),
    text: confirm.deleteFileText,
    action: confirm.deleteFile,
  });
  if (!consent) return;
  try {
    await ports.store.deleteFile(file.id);
    await ports.toast({ title: toast.fileDeleted(file.name) });
  } catch (error) {
    await fail(toast.fileDeleteFailed(file.name), error, ports);
  }
}
