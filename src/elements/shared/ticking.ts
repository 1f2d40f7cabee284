import { AsyncDirective, directive } from 'lit/async-directive.js';

/** Hours appear when there are any: `0:42`, `12:05`, `1:00:00`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const short = `${two(seconds % 60)}`;
  return minutes < 60
    ? `${minutes}:${short}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${short}`;
}

class Ticking extends AsyncDirective {
  #read: () => string = () => '';
  #timer: ReturnType<typeof setInterval> | undefined;

  render(read: () => string): string {
    this.#read = read;
    if (this.isConnected) this.#run();
    return read();
  }

  protected override disconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  protected override reconnected(): void {
    this.#run();
    this.setValue(this.#read());
  }

  #run(): void {
    this.#timer ??= setInterval(() => this.setValue(this.#read()), 1_000);
  }
}

/** A text that is read anew every second, without rendering what is around it. */
export const ticking = directive(Ticking);
