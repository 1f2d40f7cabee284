import { css } from 'lit';

/** What the sections of the settings share. */
export const sections = css`
  /* They lie on a dialog, which is raised above the surface. */
  :host {
    --_fill: color-mix(in oklch, var(--_text) 9%, var(--_raised));
    --_fill-strong: color-mix(in oklch, var(--_text) 17%, var(--_raised));
  }

  p {
    margin: 0;
  }

  .hint {
    color: var(--_quiet);
    font-size: 13px;
  }

  .field {
    display: grid;
    gap: 6px;
    color: var(--_quiet);
    font-size: 13px;
  }

  select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 14px;
    text-overflow: ellipsis;
  }

  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    column-gap: 12px;
    padding-block: 12px;
    border-block-end: 1px solid var(--_line);
  }

  .check input {
    inline-size: 20px;
    block-size: 20px;
    margin: 1px 0 0;
    accent-color: var(--_accent);
  }

  .check label {
    font-weight: 600;
    cursor: pointer;
  }

  .check .hint {
    grid-column: 2;
  }

  .check .count {
    grid-area: 1 / 3;
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .trouble {
    padding: 10px 12px;
    border-radius: 10px;
    background: color-mix(in oklch, var(--_warning) 14%, var(--_surface));
    font-size: 13px;
    overflow-wrap: anywhere;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px 12px;
  }

  .actions .why {
    flex: 1 1 12ch;
    color: var(--_quiet);
    font-size: 13px;
  }
`;
