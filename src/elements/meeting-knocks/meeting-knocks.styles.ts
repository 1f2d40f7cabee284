import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: absolute;
    inset-block: 16px auto;
    inset-inline: auto 16px;
    inline-size: min(348px, calc(100% - 32px));
    max-block-size: calc(100% - 108px);
    line-height: 1.4;
    z-index: 4;
    color-scheme: dark;
    pointer-events: none;
  }

  .knocks {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-block-size: 0;
    filter: drop-shadow(0 8px 24px rgb(0 0 0 / 0.4));
  }

  .list {
    display: grid;
    gap: 8px;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border-radius: 16px;
  }

  .card,
  .foot {
    background: color-mix(in oklch, var(--_surface) 92%, white);
    color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_line);
    pointer-events: auto;
  }

  .card {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 10px 12px;
    padding: 12px;
    border-radius: 16px;
    animation: drop 180ms var(--_ease);
  }

  .initials {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: oklch(0.42 0.08 var(--_hue, 262));
    color: #fff;
    font-size: 14px;
    font-weight: 600;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 600;
  }

  .name bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--_quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }

  .facts > span ~ span::before {
    content: '·';
    margin-inline-end: 6px;
  }

  .badge {
    flex: none;
    font-size: 12px;
    padding: 0 7px;
    border-radius: 6px;
    background: color-mix(in oklch, var(--_warning) 22%, transparent);
    color: var(--_warning);
    font-weight: 600;
    line-height: 18px;
  }

  .message {
    grid-column: 1 / -1;
    margin: 0;
    padding: 8px 12px;
    border-radius: 10px;
    background: var(--_fill-strong);
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }

  .message:hover,
  .card:focus-within .message {
    -webkit-line-clamp: none;
  }

  .actions {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }

  .actions .button,
  .foot .button {
    min-block-size: 40px;
    padding: 6px 14px;
  }

  .actions .button:not(.primary) {
    background: var(--_fill-strong);
  }

  .actions .button:not(.primary):hover {
    background: color-mix(in oklch, var(--_text) 24%, var(--_surface));
  }

  .decided {
    color: var(--_quiet);
  }

  .decided .initials {
    filter: grayscale(1);
  }

  .decided .facts {
    font-size: 13px;
  }

  .foot {
    flex: none;
    display: flex;
    justify-content: space-between;
    gap: 8px;
    padding: 4px;
    border-radius: 14px;
  }

  .foot .button {
    background: none;
  }

  .foot .button:hover {
    background: var(--_fill);
  }

  .foot .all:only-child {
    flex: 1;
  }

  .foot .all {
    margin-inline-start: auto;
    color: var(--_accent);
  }

  @media (pointer: coarse) {
    .actions .button,
    .foot .button {
      min-block-size: 44px;
    }
  }

  @container meeting (max-width: 480px) {
    :host {
      inset-block-start: 8px;
      inset-inline: 8px;
      inline-size: auto;
      max-block-size: calc(100% - 84px);
    }

    .card {
      gap: 8px 10px;
      padding: 10px;
    }
  }

  @keyframes drop {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .card {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .card,
    .foot {
      border: 1px solid CanvasText;
    }
  }
`;
