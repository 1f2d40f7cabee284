import { stepAlong } from '../shared/row-keys.ts';

/** The toolbar is one stop of the Tab key; arrow keys move in it. */
export class ToolStops {
  readonly #tools: () => readonly HTMLElement[];
  #stop = 0;

  constructor(tools: () => readonly HTMLElement[]) {
    this.#tools = tools;
  }

  readonly walk = (event: KeyboardEvent): void => {
    const tools = this.#tools();
    const at = tools.findIndex((tool) => tool.matches(':focus'));
    const target = tools[0] && stepAlong(event, tools, at, tools[0]);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  };

  readonly remember = ({ target }: Event): void => {
    this.#stop = this.#tools().findIndex((tool) => tool === target);
    this.set();
  };

  /** Where the Tab key stops, once there are other tools than before. */
  set(): void {
    const tools = this.#tools();
    const stop = Math.min(Math.max(this.#stop, 0), tools.length - 1);
    for (const [index, tool] of tools.entries()) tool.tabIndex = index === stop ? 0 : -1;
  }
}
