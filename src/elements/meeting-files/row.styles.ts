import { css } from 'lit';

/** A row with a file in it: in the room, or on its way. */
export const row = css`
  :host {
    display: block;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 60px;
    padding-block: 6px;
    padding-inline: 20px 8px;
  }

  .face {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    overflow: hidden;
    border-radius: 8px;
    background: var(--_fill);
    color: var(--_quiet);
  }

  .face img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    animation: appear 180ms ease-out;
  }

  .what {
    display: flex;
    position: relative;
    flex: 1;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }

  .view {
    position: absolute;
    inset: 0;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    cursor: pointer;
  }

  .what:has(.view:hover) .name {
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    min-inline-size: 0;
  }

  .name {
    display: flex;
    min-inline-size: 0;
    font-weight: 600;
    line-height: 20px;
    white-space: pre;
  }

  .stem {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .ending {
    flex: none;
  }

  .note {
    overflow: hidden;
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .note.wrap {
    white-space: normal;
  }

  .trouble {
    color: var(--_warning);
  }

  .action + .action {
    margin-inline-start: -12px;
  }

  .action[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .going {
    opacity: 0.6;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .face img {
      animation: none;
    }
  }
`;
