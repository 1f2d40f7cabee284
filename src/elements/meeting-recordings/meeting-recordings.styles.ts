import { css } from 'lit';

export const styles = css`
  /* They may lie on a dialog, which is raised above the surface. */
  :host {
    display: grid;
    gap: 24px;
    --_fill: color-mix(in oklch, var(--_text) 9%, var(--_raised));
    --_fill-strong: color-mix(in oklch, var(--_text) 17%, var(--_raised));
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }

  .recorder {
    gap: 12px;
    justify-items: start;
  }

  p {
    margin: 0;
  }

  h3 {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 12px;
    margin: 0;
    font-size: 14px;
    font-weight: 600;
  }

  .usage,
  .hint {
    color: var(--_quiet);
    font-size: 13px;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  .running {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 10px;
    align-items: center;
    overflow-wrap: anywhere;
  }

  .running::before {
    content: '';
    inline-size: 10px;
    block-size: 10px;
    border-radius: 5px;
    background: oklch(0.62 0.24 26);
    forced-color-adjust: none;
  }

  .running .hint {
    grid-column: 2;
  }

  fieldset {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-block-end: 8px;
    padding: 0;
    font-weight: 600;
  }

  .choice {
    display: flex;
    gap: 12px;
    cursor: pointer;
  }

  .choice input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 1px 0 0;
    accent-color: var(--_accent);
  }

  .choice .hint {
    display: block;
  }

  .trouble {
    padding: 10px 12px;
    border-radius: 10px;
    background: color-mix(in oklch, var(--_warning) 14%, var(--_surface));
    font-size: 13px;
    overflow-wrap: anywhere;
  }
`;
