import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
    container-type: inline-size;
    min-inline-size: 0;
    color-scheme: dark;
  }

  .frame {
    position: relative;
    block-size: 100%;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: var(--_radius);
    background: oklch(0.26 0.022 var(--_hue, 262));
    color: #fff;
    isolation: isolate;
    -webkit-touch-callout: none;
    outline: none;
  }

  /* The ring lies above the picture and inside of the tile, so that nothing moves or is cut off. */
  .frame::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.06);
    pointer-events: none;
    transition: box-shadow 150ms ease-out;
  }

  :host(:state(speaking)) .frame::after {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }

  .frame:focus-visible::after {
    box-shadow:
      inset 0 0 0 2px #fff,
      inset 0 0 0 4px var(--_accent);
  }

  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: oklch(0.2 0.02 var(--_hue, 262));
  }

  :host(:state(self)) video {
    transform: scaleX(-1);
  }

  .initials {
    position: absolute;
    inset: 0;
    margin: auto;
    inline-size: clamp(36px, 26cqi, 168px);
    aspect-ratio: 1;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: oklch(0.46 0.07 var(--_hue, 262));
    color: oklch(0.97 0.015 var(--_hue, 262));
    font-size: clamp(14px, 10cqi, 64px);
    font-weight: 600;
    letter-spacing: 0.01em;
    line-height: 1;
    user-select: none;
  }

  .name {
    position: absolute;
    inset-block-end: clamp(4px, 2cqi, 10px);
    inset-inline-start: clamp(4px, 2cqi, 10px);
    max-inline-size: calc(100% - 2 * clamp(4px, 2cqi, 10px));
    overflow: hidden;
    padding-inline: 8px;
    border-radius: 7px;
    background: rgb(12 13 18 / 0.66);
    color: #fff;
    font-size: clamp(13px, 1.5cqi, 20px);
    font-weight: 600;
    line-height: 2;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name .icon {
    display: inline-block;
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-inline: -1px 5px;
    vertical-align: -0.15em;
  }

  .name[data-mark]::after {
    content: attr(data-mark);
    margin-inline-start: 8px;
    padding: 2px 6px;
    border-radius: 4px;
    background: rgb(255 255 255 / 0.18);
    font-size: 0.85em;
  }

  .trouble {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 16px;
    background: rgb(10 11 16 / 0.72);
    color: #fff;
    font-size: 13px;
    font-weight: 600;
    text-align: center;
  }

  .weak {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 7px;
    background: rgb(12 13 18 / 0.66);
    color: var(--_warning);
  }

  .weak .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .remove {
    position: absolute;
    inset-block-start: clamp(4px, 2cqi, 8px);
    inset-inline-end: clamp(4px, 2cqi, 8px);
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
    transition:
      opacity 150ms ease-out,
      background-color 150ms ease-out;
  }

  /* The target is 44 px, the picture stays free. */
  .remove::before {
    content: '';
    position: absolute;
    inset: -4px;
  }

  /* Lucide's user-x as one outline: drawn here, a tile has two elements less. */
  .remove::after {
    content: '';
    inline-size: 24px;
    block-size: 24px;
    scale: 0.79;
    background: currentColor;
    clip-path: path(
      'M4.1 7a4.9 4.9 0 0 1 9.8 0a4.9 4.9 0 0 1-9.8 0zM5.9 7a3.1 3.1 0 0 0 6.2 0a3.1 3.1 0 0 0-6.2 0zM1.1 21v-2a4.9 4.9 0 0 1 4.9-4.9h6a4.9 4.9 0 0 1 4.9 4.9v2h-1.8v-2a3.1 3.1 0 0 0-3.1-3.1H6a3.1 3.1 0 0 0-3.1 3.1v2zM17.64 7.36L22.64 12.36L21.36 13.64L16.36 8.64zM22.64 8.64L17.64 13.64L16.36 12.36L21.36 7.36z'
    );
  }

  :host(:hover) .remove,
  :host(:focus-within) .remove,
  :host(:state(open)) .remove,
  :host(:state(removing)) .remove {
    opacity: 1;
  }

  .remove:hover,
  .remove:focus-visible {
    background: var(--_danger);
  }

  .remove:focus-visible {
    outline: 2px solid #fff;
    outline-offset: 2px;
  }

  @media (hover: none) {
    :host(:hover:not(:focus-within, :state(open), :state(removing))) .remove {
      opacity: 0;
      pointer-events: none;
    }
  }

  :host(:state(removing)) video,
  :host(:state(removing)) .initials,
  :host(:state(removing)) .frame {
    filter: saturate(0);
  }

  :host(:state(removing)) video,
  :host(:state(removing)) .initials {
    opacity: 0.5;
  }

  :host(:state(removing)) .remove {
    background: rgb(12 13 18 / 0.72);
    cursor: default;
  }

  :host(:state(removing)) .remove::after {
    inline-size: 18px;
    block-size: 18px;
    scale: 1;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    border-radius: 50%;
    background: none;
    clip-path: none;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @container (max-width: 180px) {
    .name {
      padding-inline: 6px;
      font-size: 12px;
    }

    .name[data-mark]::after {
      display: none;
    }

    .trouble {
      font-size: 12px;
      padding: 6px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .frame::after,
    .remove {
      transition: none;
    }

    :host(:state(removing)) .remove::after {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .frame {
      border: 1px solid CanvasText;
    }

    .name,
    .remove,
    .initials,
    .weak {
      background: Canvas;
      color: CanvasText;
      border: 1px solid CanvasText;
    }

    .remove::after {
      forced-color-adjust: none;
      background: CanvasText;
    }

    :host(:state(speaking)) .frame {
      border: 3px solid Highlight;
    }

    .frame:focus-visible {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`;
