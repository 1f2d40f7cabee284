import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
    min-inline-size: 0;
    min-block-size: 0;
    container-type: inline-size;
    color-scheme: dark;
  }

  .frame {
    position: relative;
    block-size: 100%;
    overflow: hidden;
    border-radius: var(--_radius);
    background: oklch(0.11 0.01 262);
    color: #fff;
  }

  .frame:fullscreen {
    border-radius: 0;
  }

  /* All of it is seen: what is cut off may be what is talked about. */
  video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  .name {
    position: absolute;
    inset-block-end: 10px;
    inset-inline-start: 10px;
    max-inline-size: calc(100% - 20px);
    overflow: hidden;
    padding-inline: 8px;
    border-radius: 7px;
    background: rgb(12 13 18 / 0.66);
    font-weight: 600;
    line-height: 28px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .full {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: rgb(12 13 18 / 0.72);
    color: #fff;
    cursor: pointer;
    opacity: 0;
    transition: opacity 150ms ease-out;
  }

  /* The target is 44 px, the picture stays free. */
  .full::before {
    content: '';
    position: absolute;
    inset: -4px;
  }

  .frame:hover .full,
  .full:focus-visible {
    opacity: 1;
  }

  .full:hover {
    background: rgb(12 13 18 / 0.9);
  }

  .full:focus-visible {
    outline-color: #fff;
  }

  @media (hover: none) {
    .full {
      opacity: 1;
    }
  }

  .own {
    display: flex;
    align-items: center;
    gap: 12px;
    max-inline-size: 520px;
    margin-inline: auto;
    padding: 6px 6px 6px 8px;
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .own:dir(rtl) {
    padding: 6px 8px 6px 6px;
  }

  .own video {
    flex: none;
    inline-size: 71px;
    block-size: 40px;
    border-radius: 6px;
    background: oklch(0.11 0.01 262);
  }

  .words {
    flex: 1;
    min-inline-size: 0;
    font-weight: 600;
    line-height: 20px;
  }

  .own .button {
    flex: none;
    background: var(--_fill-strong);
    padding-inline: 16px;
  }

  .own .button:hover {
    background: color-mix(in oklch, var(--_text) 24%, var(--_surface));
  }

  @container (max-width: 380px) {
    .name {
      inset-block-end: 4px;
      inset-inline-start: 4px;
      max-inline-size: calc(100% - 8px);
      padding-inline: 6px;
      font-size: 12px;
      line-height: 22px;
    }

    .own video {
      display: none;
    }

    .own,
    .own:dir(rtl) {
      padding-inline: 14px 6px;
    }
  }

  @container (max-width: 260px) {
    .own,
    .own:dir(rtl) {
      padding-inline: 6px;
    }

    .words {
      display: none;
    }

    .own .button {
      flex: 1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .full {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .frame,
    .own {
      border: 1px solid CanvasText;
    }

    .name,
    .full {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }

    .full {
      opacity: 1;
    }
  }
`;
