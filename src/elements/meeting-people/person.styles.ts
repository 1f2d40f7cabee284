import { css } from 'lit';

/** A row with somebody in it: in the call, back soon, kept out. */
export const person = css`
  :host {
    display: block;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 52px;
    padding-block: 4px;
    padding-inline: 20px 8px;
  }

  .initials {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: oklch(0.46 0.07 var(--_hue, 262));
    color: oklch(0.97 0.015 var(--_hue, 262));
    font-size: 14px;
    font-weight: 600;
    user-select: none;
  }

  .row > .words {
    display: grid;
    flex: 1;
    gap: 0;
    min-inline-size: 0;
  }

  .name {
    overflow: hidden;
    font-weight: 600;
    line-height: 20px;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .note {
    color: var(--_quiet);
    font-size: 13px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }

  .muted {
    flex: none;
    color: var(--_quiet);
  }

  .muted .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .muted:last-child {
    margin-inline-end: 12px;
  }

  .options[aria-expanded='true'] {
    background: var(--_fill);
    color: var(--_text);
  }

  .options:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .going {
    opacity: 0.6;
  }

  .menu {
    --_menu-width: 300px;
  }
`;
