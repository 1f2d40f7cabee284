import type { ReadonlySignal } from '@preact/signals-core';

/** Which devices a person took, by the browser's ids; the system's own where there is none. */
export interface DeviceChoice {
  readonly camera?: string;
  readonly microphone?: string;
  readonly speaker?: string;
}

/** A device to choose. The name is empty until one of its kind may be used. */
export interface DeviceInfo {
  readonly id: string;
  readonly label: string;
}

/** What there is to choose from. No speakers where the browser can't change them. */
export interface DeviceList {
  readonly cameras: readonly DeviceInfo[];
  readonly microphones: readonly DeviceInfo[];
  readonly speakers: readonly DeviceInfo[];
}

/** What a room knows of devices beyond those that are on. */
export interface ChoosesDevices {
  /** Which devices the person took; kept by the browser. */
  readonly deviceChoice: ReadonlySignal<DeviceChoice>;
  /** Which there are to choose from; `watchDevices` keeps it right. */
  readonly deviceList: ReadonlySignal<DeviceList>;

  /** Has `deviceList` follow what is plugged in, until `signal` aborts. */
  watchDevices(signal: AbortSignal): void;
  /**
   * Takes another device, at once where it is on. Rejects as `setCamera` and `setMicrophone` do.
   * @param id As in `deviceList`; empty for the system's own.
   */
  chooseDevice(kind: keyof DeviceChoice, id: string): Promise<void>;
  /** Hears how loud the own microphone is, 0 to 1, until `signal` aborts; 0 while it is off. */
  followLevel(hear: (level: number) => void, signal: AbortSignal): void;
  /** Plays a short sound on the chosen speaker. Resolves when it is over. */
  testSpeaker(): Promise<void>;
}

/** The key under which somebody wants `deviceList`. */
export const DEVICE_LIST = 'device-list';
