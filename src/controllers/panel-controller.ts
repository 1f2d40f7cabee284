import { enCall, type Texts } from '../locales/en.ts';
import type { PanelTexts } from '../locales/en-panels.ts';
import type { RoomContext } from './room-context.ts';
import { RoomFinder, type RoomElement } from './room-finder.ts';

/** What a panel speaks: the texts of the call, and its own. */
export interface PanelLocale<N extends keyof PanelTexts> {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: Texts & Pick<PanelTexts, N>;
}

/** Finds the room of an element in a panel, whose English comes with the panel itself. */
export class PanelController<T extends object, N extends keyof PanelTexts> extends RoomFinder<
  T,
  PanelLocale<N>
> {
  /** @param own The panel's texts in English, by its name. */
  constructor(host: RoomElement, select: (room: RoomContext) => T, own: Pick<PanelTexts, N>) {
    const english = { ...enCall, texts: { ...enCall.texts, ...own } };
    const [name] = Object.keys(own);
    const isWhole = (locale: object & { texts: object }): locale is PanelLocale<N> =>
      name !== undefined && name in locale.texts;
    super(host, select, english, ({ locale }) => (isWhole(locale.value) ? locale.value : english));
  }
}
