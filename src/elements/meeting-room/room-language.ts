import { signal, type ReadonlySignal } from '@preact/signals-core';
import { enEntrance } from '../../locales/en-entrance.ts';
import { loadLocale } from '../../locales/load.ts';
import type { Locale, RoomLocale } from '../../locales/locale.ts';

/** The language of one room; another room of the page may speak another. */
export class RoomLanguage {
  readonly #current = signal<RoomLocale>(enEntrance);
  #wish = 0;

  get current(): ReadonlySignal<RoomLocale> {
    return this.#current;
  }

  /** Speaks `locale`, else what `lang` says, else the language around `element`, else the browser's. */
  async choose(element: HTMLElement, lang: string, locale: Locale | undefined): Promise<void> {
    this.#wish += 1;
    const wish = this.#wish;
    const around = element.parentElement?.closest<HTMLElement>('[lang]')?.lang;
    const next = locale ?? (await loadLocale(lang || around || navigator.language));
    // A later wish may have been quicker.
    if (wish === this.#wish) this.#current.value = next;
  }
}
