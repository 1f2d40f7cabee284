import { effect } from '@preact/signals-core';
import { type DeviceState, requestKey, type Store } from '../../core/state.ts';
import { isOn } from '../shared/device-button.ts';

/** Where the wish outlives a reload of the tab. */
const MEMORY = 'livekit-meeting-room:devices';
const BOTH: Wish = { camera: true, microphone: true };

interface Wish {
  readonly camera: boolean;
  readonly microphone: boolean;
}

/**
 * Turns camera and microphone on for the join screen, and after a return as they were in the call:
 * who had the camera off does not come back with it on.
 * @returns the function that stops it.
 */
export function keepDevices(store: Store): () => void {
  let wish = read();
  let before = 'out';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const { phase } = store.connection.value;
    const { camera, microphone } = store.devices.value;
    const inside = phase === 'idle' || phase === 'waiting' || phase === 'joined';
    // A failure stands in `devices`, with what to do.
    if (inside && (before === 'out' || before === 'resuming')) {
      queueMicrotask(() => {
        if (wish.camera) void store.setCamera(true).catch(() => undefined);
        if (wish.microphone) void store.setMicrophone(true).catch(() => undefined);
      });
    }
    clearTimeout(timer);
    // Whoever comes from the join screen or the door has chosen there; who is on the way back, before.
    const isReturn = before === 'out' || before === 'resuming';
    const isLeaving = store.requests.value.get(requestKey('call-leave'))?.phase === 'pending';
    if (phase === 'joined' && !isReturn && !isLeaving) {
      const save = (): void => {
        wish = {
          camera: wished(camera, wish.camera),
          microphone: wished(microphone, wish.microphone),
        };
        write(wish);
      };
      // Then a moment later: the end of a stay turns the devices off too, and that is nobody's wish.
      if (before === 'joined') timer = setTimeout(save, 200);
      else save();
    }
    // It may run more than once on the way back, as when the devices change.
    const isReturning = phase === 'joining' && (before === 'out' || before === 'resuming');
    before = isReturning ? 'resuming' : phase;
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Who could not have a device still wants it, once it can be had. */
const wished = (state: DeviceState, before: boolean): boolean =>
  state.phase === 'blocked' ? before : isOn(state);

function read(): Wish {
  try {
    const [camera, microphone] = (sessionStorage.getItem(MEMORY) ?? '1 1').split(' ');
    return { camera: camera !== '0', microphone: microphone !== '0' };
  } catch {
    // Storage is forbidden here, as in a sandboxed frame: it starts afresh.
    return BOTH;
  }
}

function write({ camera, microphone }: Wish): void {
  try {
    sessionStorage.setItem(MEMORY, `${camera ? 1 : 0} ${microphone ? 1 : 0}`);
  } catch {
    // As above: the wish then lives as long as the page.
  }
}
