import { css } from 'lit';

/** Labelled boxes, choices and the switch. */
export const fields = css`
  label {
    display: grid;
    gap: 6px;
    font-size: 13px;
    font-weight: 600;
  }

  input,
  select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 40px;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: 9px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 14px;
    font-weight: 400;
  }

  input[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  input:focus-visible,
  select:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  select:disabled {
    opacity: 0.6;
  }

  form {
    display: grid;
    gap: 12px;
  }

  details {
    border-radius: 9px;
  }

  summary {
    padding-block: 8px;
    color: var(--_quiet);
    font-size: 13px;
    cursor: pointer;
  }

  summary:hover {
    color: var(--_text);
  }

  details > div {
    display: grid;
    gap: 12px;
    padding-block: 4px;
  }

  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    line-height: 1.4;
    text-align: start;
    cursor: pointer;
  }

  .switch::after {
    content: '';
    flex: none;
    box-sizing: border-box;
    inline-size: 40px;
    block-size: 24px;
    border: 3px solid var(--_edge);
    border-radius: 12px;
    background: radial-gradient(circle 9px at 9px 50%, var(--_surface) 98%, transparent)
      var(--_edge);
    transition: background-position 150ms ease-out;
  }

  .switch:dir(rtl)::after {
    scale: -1 1;
  }

  .switch[aria-checked='true']::after {
    border-color: var(--_accent);
    background: radial-gradient(circle 9px at 25px 50%, var(--_surface) 98%, transparent)
      var(--_accent);
  }

  .switch[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  @media (forced-colors: active) {
    .switch::after {
      forced-color-adjust: none;
    }
  }
`;
