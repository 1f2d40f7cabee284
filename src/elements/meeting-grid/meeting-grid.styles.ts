import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
    overflow: hidden;
    color-scheme: dark;
  }

  .stage {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: center;
    align-content: center;
    overflow: hidden;
    /* As wide as its columns, so that a row never takes a tile more. */
    inline-size: 100%;
    padding-inline: var(--_inset, 0);
  }

  participant-tile {
    flex: none;
    inline-size: var(--_tile-width, 0);
    block-size: var(--_tile-height, 0);
  }

  .invitation {
    position: absolute;
    inset: 0;
    margin: auto;
    inline-size: fit-content;
    block-size: fit-content;
    max-inline-size: min(360px, calc(100% - 32px));
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 20px 24px;
    border-radius: 16px;
    background: oklch(0.2 0.012 262 / 0.86);
    color: var(--_text);
    text-align: center;
  }

  .invitation h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }

  .invitation p {
    margin: 0;
    color: var(--_quiet);
  }

  .invitation .button {
    margin-block-start: 12px;
  }

  .invitation input {
    inline-size: 100%;
    margin-block-start: 12px;
    padding: 10px 12px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
  }

  .pages {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding-block-start: 8px;
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }

  .pages button {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_text);
    cursor: pointer;
  }

  .pages button:hover {
    background: var(--_fill);
  }

  .pages button[aria-disabled='true'] {
    opacity: 0.35;
    cursor: default;
  }

  :host(:dir(rtl)) .pages .icon {
    scale: -1 1;
  }
`;
