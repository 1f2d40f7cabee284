import { walk } from './menu.model.ts';

/** What keys and focus need of the menu that they are in. */
export interface MenuPorts {
  items(): readonly HTMLElement[];
  /** @param focus Whether the focus goes back to the button. */
  close(focus: boolean): void;
  /** The item that a typed key leads to from the one at `at`; without it, typing finds none. */
  find?(key: string, at: number, items: readonly HTMLElement[]): number | undefined;
}

/** Walks a menu by its keys. Those in the menu are the menu's: a bar or list around it has arrows, too. */
export function walkMenu(event: KeyboardEvent, { items, close, find }: MenuPorts): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Tab') {
    // From the button on, as if the menu had not been there.
    close(true);
    return;
  }
  event.stopPropagation();
  const all = items();
  const at = all.findIndex((item) => item.matches(':focus'));
  const target = walk(event.key, at, all.length) ?? find?.(event.key, at, all);
  if (target === undefined) return;
  event.preventDefault();
  all[target]?.focus();
}

/** Whether the focus went elsewhere; not when the window lost it, or the menu is being closed. */
export function isFocusGone(
  { relatedTarget: to }: FocusEvent,
  menu: HTMLElement | null,
  button: HTMLElement | null,
): boolean {
  return to instanceof Node && !menu?.contains(to) && to !== button;
}
