import { ContextEvent } from '@lit/context';
import { effect } from '@preact/signals-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { roomContext, type RoomContext } from './room-context.ts';

/** An element that belongs to a room: the one around it, or the one that `meeting` names. */
export interface RoomElement extends ReactiveControllerHost, HTMLElement {
  /** The `<meeting-room>`, or its id in the same tree or one around, for an element outside of it. */
  meeting?: string | HTMLElement | null;
}

/** A request as it travels: `again()` is the copy for a room that is not on its way. */
export interface TravellingRequest extends Event {
  again(): Event;
}

/**
 * Finds an element's room and watches what the element needs of it.
 *
 * `select` runs under the room's signals; the element updates only when a field of what it returns
 * has changed, so that somebody who starts to speak re-renders one tile.
 */
export abstract class RoomFinder<T extends object, L> implements ReactiveController {
  readonly #host: RoomElement;
  readonly #select: (room: RoomContext) => T;
  readonly #readLocale: (room: RoomContext) => L;
  #room: RoomContext | undefined;
  #locale: L;
  #value: T | undefined;
  #asked: RoomElement['meeting'];
  #stopWatching: (() => void) | undefined;
  #stopWaiting: (() => void) | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param locale The language before there is a room. */
  constructor(
    host: RoomElement,
    select: (room: RoomContext) => T,
    locale: L,
    readLocale: (room: RoomContext) => L,
  ) {
    this.#host = host;
    this.#select = select;
    this.#locale = locale;
    this.#readLocale = readLocale;
    host.addController(this);
  }

  /** What was selected; undefined while there is no room. */
  get value(): T | undefined {
    return this.#value;
  }

  /** The room; undefined before it is found. */
  get room(): RoomContext | undefined {
    return this.#room;
  }

  /** The room's language; English before there is a room. */
  get locale(): L {
    return this.#locale;
  }

  hostConnected(): void {
    this.#find();
  }

  hostUpdate(): void {
    if (this.#asked !== this.#host.meeting) this.#find();
  }

  hostDisconnected(): void {
    this.#lose();
  }

  /** Selects anew, when `select` reads a property of the element that has changed. */
  refresh(): void {
    if (this.#room) this.#watch(this.#room);
  }

  /**
   * Asks for something in a person's name: the event bubbles from the element through the page. A
   * room that is not on its way hears it afterwards, unless it was prevented.
   * @returns the event that the room heard.
   */
  request<E extends TravellingRequest>(event: E): E {
    const shell = this.#room?.shell;
    if (!shell) return event;
    let heard = false;
    const hear = (): void => {
      heard = true;
    };
    shell.addEventListener(event.type, hear, { capture: true });
    this.#host.dispatchEvent(event);
    shell.removeEventListener(event.type, hear, { capture: true });
    if (heard || event.defaultPrevented) return event;
    // The copy of a request is of its kind.
    const again = event.again() as E;
    shell.dispatchEvent(again);
    return again;
  }

  #find(): void {
    this.#lose();
    this.#asked = this.#host.meeting;
    this.#ask();
    if (!this.#room) this.#wait();
  }

  /** The room is not there, yet or any more: providers announce themselves when they are. */
  #wait(): void {
    if (this.#stopWaiting) return;
    const { ownerDocument } = this.#host;
    const retry = (): void => this.#ask();
    ownerDocument.addEventListener('context-provider', retry);
    this.#stopWaiting = () => {
      this.#stopWaiting = undefined;
      ownerDocument.removeEventListener('context-provider', retry);
    };
  }

  #ask(): void {
    const { meeting } = this.#host;
    const start = meeting == null ? this.#host : this.#lookUp(meeting);
    start?.dispatchEvent(
      new ContextEvent(
        roomContext,
        this.#host,
        (room, unsubscribe) => {
          if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
          this.#unsubscribe = unsubscribe;
          this.#adopt(room);
        },
        true,
      ),
    );
  }

  #lookUp(meeting: string | HTMLElement): Element | null {
    return typeof meeting === 'string' ? findAround(this.#host, meeting) : meeting;
  }

  #lose(): void {
    this.#stopWaiting?.();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#room = undefined;
  }

  #adopt(room: RoomContext | undefined): void {
    if (room === this.#room) return;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#room = room;
    this.#value = undefined;
    if (room) {
      this.#stopWaiting?.();
      this.#watch(room);
    } else if (this.#host.isConnected) this.#wait();
    this.#host.requestUpdate();
  }

  #watch(room: RoomContext): void {
    this.#stopWatching?.();
    this.#stopWatching = effect(() => {
      const value = this.#select(room);
      const locale = this.#readLocale(room);
      if (locale === this.#locale && sameFields(value, this.#value)) return;
      this.#value = value;
      this.#locale = locale;
      this.#host.requestUpdate();
    });
  }
}

function sameFields<T extends object>(a: T, b: T | undefined): boolean {
  if (!b) return false;
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/** The element of that id in the tree of `from` or one around: a control hands its room's id on. */
function findAround(from: Element, id: string): Element | null {
  const tree = from.getRootNode();
  if (tree instanceof ShadowRoot) return tree.getElementById(id) ?? findAround(tree.host, id);
  return tree instanceof Document ? tree.getElementById(id) : null;
}
