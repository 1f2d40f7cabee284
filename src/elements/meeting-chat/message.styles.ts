import { css } from 'lit';

/** One message of the log. */
export const message = css`
  .message {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    column-gap: 10px;
    position: relative;
    margin-block-start: 10px;
    padding: 2px 20px;
    outline: none;
  }

  .message.follows {
    margin-block-start: 0;
  }

  .message:hover,
  .message:focus-within {
    background: var(--_fill);
  }

  .message:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }

  .message.private {
    background: color-mix(in oklch, var(--_accent) 9%, var(--_surface));
  }

  .message > * {
    grid-column: 2;
  }

  .initials {
    display: grid;
    grid-column: 1;
    grid-row: 1 / span 3;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    margin-block-start: 3px;
    border-radius: 50%;
    background: oklch(0.46 0.07 var(--_hue, 262));
    color: oklch(0.97 0.015 var(--_hue, 262));
    font-size: 12px;
    font-weight: 600;
    user-select: none;
  }

  [data-hue='10'] {
    --_hue: 10;
  }

  [data-hue='40'] {
    --_hue: 40;
  }

  [data-hue='70'] {
    --_hue: 70;
  }

  [data-hue='100'] {
    --_hue: 100;
  }

  [data-hue='130'] {
    --_hue: 130;
  }

  [data-hue='160'] {
    --_hue: 160;
  }

  [data-hue='190'] {
    --_hue: 190;
  }

  [data-hue='220'] {
    --_hue: 220;
  }

  [data-hue='250'] {
    --_hue: 250;
  }

  [data-hue='280'] {
    --_hue: 280;
  }

  [data-hue='310'] {
    --_hue: 310;
  }

  [data-hue='340'] {
    --_hue: 340;
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-inline-size: 0;
  }

  .name {
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  time,
  .mark {
    flex: none;
  }

  time,
  .edited,
  .state,
  .mark {
    color: var(--_quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }

  .mark {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_text);
  }

  .mark .icon {
    inline-size: 12px;
    block-size: 12px;
  }

  .text {
    overflow-wrap: anywhere;
  }

  .words {
    unicode-bidi: isolate;
    white-space: pre-wrap;
  }

  .text.gone {
    color: var(--_quiet);
    font-style: italic;
  }

  a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }

  .sending .text {
    opacity: 0.7;
  }

  .state.failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    color: var(--_warning);
  }

  .state button {
    min-block-size: 32px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }

  .quote {
    display: flex;
    gap: 6px;
    max-inline-size: 100%;
    margin: 1px 0 3px;
    padding: 0 0 0 8px;
    padding-inline: 8px 0;
    border: 0;
    border-inline-start: 2px solid var(--_edge);
    background: none;
    color: var(--_quiet);
    font: inherit;
    font-size: 12px;
    text-align: start;
  }

  button.quote {
    cursor: pointer;
  }

  button.quote:hover {
    color: var(--_text);
  }

  .quote bdi {
    flex: none;
    max-inline-size: 50%;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .quote span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .actions {
    display: flex;
    position: absolute;
    inset-block-start: -14px;
    inset-inline-end: 12px;
    z-index: 1;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
    opacity: 0;
    pointer-events: none;
  }

  .message:hover .actions,
  .message:focus-within .actions {
    opacity: 1;
    pointer-events: auto;
  }

  .actions button {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_quiet);
    cursor: pointer;
  }

  .actions button:hover {
    background: var(--_fill);
    color: var(--_text);
  }

  .actions .icon {
    inline-size: 18px;
    block-size: 18px;
  }

  @media (hover: none) {
    .actions button {
      inline-size: 44px;
      block-size: 44px;
    }
  }

  button:focus-visible,
  a:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    .message:focus-visible {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
