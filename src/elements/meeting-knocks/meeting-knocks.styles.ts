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

  .foot {
    flex: none;
    display: flex;
    justify-content: space-between;
    gap: 8px;
    padding: 4px;
    border-radius: 14px;
  }

  .foot .button {
    min-block-size: 40px;
    padding: 6px 14px;
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

    .foot .button {
      min-block-size: 36px;
    }
  }

  @media (forced-colors: active) {
    .card,
    .foot {
      border: 1px solid CanvasText;
    }
  }
`;
