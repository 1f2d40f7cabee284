import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    align-items: start;
    gap: 24px;
  }

  .preview {
    position: relative;
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    overflow: hidden;
    border-radius: 14px;
    background: oklch(0.22 0.018 262);
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
    inset: 0 0 56px;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    color: oklch(0.86 0.01 262);
    font-size: 13px;
  }

  .devices {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: 10px;
  }

  .fields {
    display: grid;
    gap: 12px;
  }

  .level {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 4px;
    block-size: 8px;
  }

  .level i {
    border-radius: 2px;
    background: var(--_fill-strong);
  }

  .level i.on {
    background: var(--_accent);
  }

  .test {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
  }

  @container (max-width: 520px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
    }

    .preview {
      aspect-ratio: 16 / 9;
    }
  }

  @media (forced-colors: active) {
    .preview {
      border: 1px solid CanvasText;
    }

    .level i {
      border: 1px solid CanvasText;
    }

    .level i.on {
      background: Highlight;
    }
  }
`;
