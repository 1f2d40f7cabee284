import type { ActName, Acts } from './acts.ts';
import type { FileActName, RoomFiles } from './files/room-files.ts';
import type { LazyStay } from './lazy-stay.ts';
import { RoomView } from './room-view.ts';
import type { Slices } from './slices.ts';
import type { Store } from './state.ts';

type Args<N extends ActName> = Parameters<Store[N]>;
type FileArgs<N extends FileActName> = Parameters<Store[N]>;

/** What one does in a call, done by what is fetched with the call. */
export abstract class RoomActs extends RoomView implements Pick<Store, ActName | FileActName> {
  protected readonly stay: LazyStay;

  constructor(slices: Slices, stay: LazyStay) {
    super(slices);
    this.stay = stay;
  }

  async admit(...args: Args<'admit'>): ReturnType<Store['admit']> {
    return (await this.#acts()).admit(...args);
  }

  async deny(...args: Args<'deny'>): ReturnType<Store['deny']> {
    return (await this.#acts()).deny(...args);
  }

  async admitAll(...args: Args<'admitAll'>): ReturnType<Store['admitAll']> {
    return (await this.#acts()).admitAll(...args);
  }

  async endCall(...args: Args<'endCall'>): ReturnType<Store['endCall']> {
    return (await this.#acts()).endCall(...args);
  }

  async removeParticipant(
    ...args: Args<'removeParticipant'>
  ): ReturnType<Store['removeParticipant']> {
    return (await this.#acts()).removeParticipant(...args);
  }

  async restoreParticipant(
    ...args: Args<'restoreParticipant'>
  ): ReturnType<Store['restoreParticipant']> {
    return (await this.#acts()).restoreParticipant(...args);
  }

  async setLocked(...args: Args<'setLocked'>): ReturnType<Store['setLocked']> {
    return (await this.#acts()).setLocked(...args);
  }

  async setRole(...args: Args<'setRole'>): ReturnType<Store['setRole']> {
    return (await this.#acts()).setRole(...args);
  }

  async invite(...args: Args<'invite'>): ReturnType<Store['invite']> {
    return (await this.#acts()).invite(...args);
  }

  async revokeInvitation(...args: Args<'revokeInvitation'>): ReturnType<Store['revokeInvitation']> {
    return (await this.#acts()).revokeInvitation(...args);
  }

  async setLink(...args: Args<'setLink'>): ReturnType<Store['setLink']> {
    return (await this.#acts()).setLink(...args);
  }

  async revokePass(...args: Args<'revokePass'>): ReturnType<Store['revokePass']> {
    return (await this.#acts()).revokePass(...args);
  }

  async activity(...args: Args<'activity'>): ReturnType<Store['activity']> {
    return (await this.#acts()).activity(...args);
  }

  async exportActivity(...args: Args<'exportActivity'>): ReturnType<Store['exportActivity']> {
    return (await this.#acts()).exportActivity(...args);
  }

  async previewReset(...args: Args<'previewReset'>): ReturnType<Store['previewReset']> {
    return (await this.#acts()).previewReset(...args);
  }

  async resetRoom(...args: Args<'resetRoom'>): ReturnType<Store['resetRoom']> {
    return (await this.#acts()).resetRoom(...args);
  }

  async addFiles(...args: FileArgs<'addFiles'>): ReturnType<Store['addFiles']> {
    return (await this.#files()).addFiles(...args);
  }

  async cancelUpload(...args: FileArgs<'cancelUpload'>): ReturnType<Store['cancelUpload']> {
    return (await this.#files()).cancelUpload(...args);
  }

  async retryUpload(...args: FileArgs<'retryUpload'>): ReturnType<Store['retryUpload']> {
    return (await this.#files()).retryUpload(...args);
  }

  async deleteFile(...args: FileArgs<'deleteFile'>): ReturnType<Store['deleteFile']> {
    return (await this.#files()).deleteFile(...args);
  }

  async openFile(...args: FileArgs<'openFile'>): ReturnType<Store['openFile']> {
    return (await this.#files()).openFile(...args);
  }

  async filePreview(...args: FileArgs<'filePreview'>): ReturnType<Store['filePreview']> {
    return (await this.#files()).filePreview(...args);
  }

  async viewFile(...args: FileArgs<'viewFile'>): ReturnType<Store['viewFile']> {
    return (await this.#files()).viewFile(...args);
  }

  async #files(): Promise<RoomFiles> {
    return (await this.stay.get()).files();
  }

  async #acts(): Promise<Acts> {
    return (await this.stay.get()).acts;
  }
}
