import { type Cells, createCells } from './cells.ts';
import { Facts } from './facts.ts';
import { ConnectionSlice } from './slices/connection.ts';
import { DeviceChoiceSlice } from './slices/device-choice.ts';
import { DevicesSlice } from './slices/devices.ts';
import { RequestsSlice } from './slices/requests.ts';

/** The state of one room, in parts that change for reasons of their own, and its facts. */
export interface Slices {
  readonly connection: ConnectionSlice;
  readonly devices: DevicesSlice;
  readonly deviceChoice: DeviceChoiceSlice;
  readonly requests: RequestsSlice;
  readonly facts: Facts;
  readonly cells: Cells;
}

export function createSlices(): Slices {
  const deviceChoice = new DeviceChoiceSlice();
  return {
    connection: new ConnectionSlice(),
    devices: new DevicesSlice(deviceChoice),
    deviceChoice,
    requests: new RequestsSlice(),
    facts: new Facts(),
    cells: createCells(),
  };
}
