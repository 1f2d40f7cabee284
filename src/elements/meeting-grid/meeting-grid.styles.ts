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

  /* One's own screen, above everybody. */
  .stage-line {
    flex: none;
    margin-block-end: 8px;
  }

  .both {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-block-size: 0;
  }

  .both.beside {
    flex-direction: row;
  }

  .screens {
    flex: 1;
    display: grid;
    grid-auto-rows: minmax(0, 1fr);
    gap: 8px;
    min-inline-size: 0;
    min-block-size: 0;
  }

  .screens.failed {
    place-content: center;
    justify-items: center;
    gap: 12px;
  }

  .people {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }

  /* What the tiles were arranged in: see \`split\`. */
  .screens ~ .people {
    flex: none;
    block-size: var(--_people-height);
  }

  .beside .screens ~ .people {
    inline-size: var(--_people-width);
    block-size: auto;
  }

  .stage {
    position: relative;
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
    padding-inline: calc(var(--_start, 0px) + var(--_inset, 0px)) var(--_inset, 0px);
    padding-block: var(--_top, 0) var(--_below, 0);
  }

  participant-tile {
    flex: none;
    inline-size: var(--_tile-width, 0);
    block-size: var(--_tile-height, 0);
  }

  participant-tile.large {
    position: absolute;
    inset-block-start: var(--_large-top);
    inset-inline-start: var(--_large-start);
    inline-size: var(--_large-width);
    block-size: var(--_large-height);
  }

  .invitation {
    position: absolute;
    inset-block-end: clamp(44px, 8%, 72px);
    inset-inline: 16px;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 12px 24px;
    inline-size: fit-content;
    margin-inline: auto;
    padding: 16px 16px 16px 24px;
    border-radius: 16px;
    background: oklch(0.2 0.012 262 / 0.9);
    box-shadow: 0 8px 32px rgb(0 0 0 / 0.3);
    color: var(--_text);
  }

  .invitation h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }

  .invitation p {
    margin: 2px 0 0;
    color: var(--_quiet);
  }

  .invitation input {
    flex: 1 1 100%;
    min-inline-size: 0;
    padding: 10px 12px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
  }

  @container meeting (max-width: 480px) {
    .invitation {
      inset-block-end: 12px;
      flex-direction: column;
      padding: 16px;
      text-align: center;
    }

    .invitation .button {
      align-self: stretch;
    }
  }

  .pages {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    block-size: 44px;
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
