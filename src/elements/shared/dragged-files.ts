import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The files that somebody drops or pastes. */
export const filesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/** Whether what is dragged is files, which can't be looked at before it is dropped. */
const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

/** What happens while something is dragged over a panel. */
const DRAG = ['dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** Files that are dragged over an element, and dropped there. */
export class DraggedFiles implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #dropped: (files: readonly File[]) => void;
  #isOver = false;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    dropped: (files: readonly File[]) => void,
  ) {
    this.#host = host;
    this.#dropped = dropped;
    host.addController(this);
  }

  /** Whether files are over the element now. */
  get isOver(): boolean {
    return this.#isOver;
  }

  hostConnected(): void {
    for (const type of DRAG) this.#host.addEventListener(type, this.#drag);
  }

  hostDisconnected(): void {
    for (const type of DRAG) this.#host.removeEventListener(type, this.#drag);
    this.#isOver = false;
  }

  /** Without an answer to every step, the browser opens what is dropped, and the call is gone. */
  readonly #drag = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const to = event.relatedTarget;
    if (event.type === 'drop') this.#dropped(filesIn(event.dataTransfer));
    if (event.type === 'dragover' && event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    // Going from one part of the element to another is not leaving it.
    const isInside = to instanceof Node && this.#host.contains(to);
    this.#isOver = event.type !== 'drop' && (event.type !== 'dragleave' || isInside);
    this.#host.requestUpdate();
  };
}
