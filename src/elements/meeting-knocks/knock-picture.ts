import { effect } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { ref } from 'lit/directives/ref.js';
import type { Store, VideoSource } from '../../core/state.ts';
import { ShownVideo } from '../shared/preview.ts';

/** Looks at somebody who knocks for as long as it is in the page. */
class KnockPicture extends AsyncDirective {
  readonly #shown = new ShownVideo();
  #wish: { readonly store: Store; readonly identity: string; readonly label: string } | undefined;
  #looking: AbortController | undefined;
  #video: VideoSource | undefined;

  render(store: Store, identity: string, label: string): TemplateResult {
    const last = this.#wish;
    this.#wish = { store, identity, label };
    if (last?.store !== store || last.identity !== identity) this.#end();
    if (this.isConnected) this.#look();
    return this.#picture();
  }

  protected override disconnected(): void {
    this.#end();
  }

  protected override reconnected(): void {
    this.#look();
  }

  #look(): void {
    const wish = this.#wish;
    if (this.#looking || !wish) return;
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    const { store, identity } = wish;
    store.look(identity, signal);
    const video = store.knockVideo(identity);
    // What is there now is rendered by whoever asked; later ones are news.
    this.#video = video.peek();
    const stop = effect(() => {
      if (video.value === this.#video) return;
      this.#video = video.value;
      this.setValue(this.#picture());
    });
    signal.addEventListener('abort', stop, { once: true });
  }

  #end(): void {
    this.#looking?.abort();
    this.#looking = undefined;
    this.#video = undefined;
    this.#shown.show(undefined, null);
  }

  /** A place that shimmers until the picture comes. */
  #picture(): TemplateResult {
    const source = this.#video;
    const show = (element?: Element): void => {
      this.#shown.show(source, element instanceof HTMLVideoElement ? element : undefined);
    };
    return html`<div class="picture ${source ? '' : 'coming'}">
      ${
        source
          ? html`<video
              ${ref(show)}
              aria-label=${this.#wish?.label ?? ''}
              autoplay
              playsinline
              muted
              disablepictureinpicture
            ></video>`
          : nothing
      }
    </div>`;
  }
}

/** The camera of somebody who knocks; looked at while this is rendered. */
export const knockPicture = directive(KnockPicture);
