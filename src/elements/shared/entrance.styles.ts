import { css } from 'lit';

/** The own picture beside the words: join screen and waiting screen. */
export const entrance = css`
  :host {
    display: block;
    container-type: size;
  }

  .entrance {
    display: grid;
    grid-template-columns: minmax(0, 760px) minmax(280px, 360px);
    align-content: safe center;
    align-items: center;
    justify-content: center;
    gap: clamp(24px, 5cqi, 72px);
    block-size: 100%;
    padding: clamp(16px, 4cqi, 64px);
    overflow: auto;
    background: var(--_surface);
  }

  .preview {
    position: relative;
    justify-self: end;
    inline-size: min(100%, 760px, calc((100cqb - 64px) * 16 / 9));
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: 18px;
    background: oklch(0.22 0.018 262);
    box-shadow: var(--_shadow);
    color: #fff;
    color-scheme: dark;
  }

  .preview video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }

  .empty {
    position: absolute;
    inset: 0 0 64px;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    color: oklch(0.86 0.01 262);
  }

  .empty .icon {
    inline-size: 28px;
    block-size: 28px;
    opacity: 0.7;
  }

  .devices {
    position: absolute;
    inset-block-end: 14px;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: 10px;
  }

  .words {
    display: grid;
    gap: 16px;
    inline-size: min(100%, 360px);
  }

  header {
    display: grid;
    gap: 4px;
  }

  h1 {
    margin: 0;
    font-size: clamp(22px, 3.4cqi, 28px);
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: -0.02em;
  }

  .room {
    margin: 0;
    color: var(--_quiet);
    overflow-wrap: anywhere;
  }

  @container (max-width: 760px) {
    .entrance {
      grid-template-columns: minmax(0, 440px);
      /* The picture keeps its place when there is more than fits. */
      grid-auto-rows: max-content;
      gap: 20px;
    }

    .preview {
      justify-self: center;
      inline-size: min(100%, calc((100cqb - 300px) * 16 / 9));
      min-inline-size: min(100%, 260px);
      border-radius: 16px;
    }

    .words {
      inline-size: 100%;
    }
  }

  @container (max-width: 420px) {
    .empty {
      font-size: 13px;
      gap: 6px;
    }

    .devices {
      inset-block-end: 10px;
    }
  }

  @media (forced-colors: active) {
    .preview {
      border: 1px solid CanvasText;
    }
  }
`;
