import { css } from 'lit';

export const styles = css`
  label {
    display: grid;
    gap: 6px;
    font-weight: 600;
  }

  input {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 10px 14px;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 16px;
    font-weight: 400;
    transition: border-color 150ms ease-out;
  }

  input:focus-visible {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
    outline-offset: 0;
  }

  .missing {
    margin: -8px 0 0;
    color: var(--_warning);
    font-size: 13px;
  }

  .join {
    min-block-size: 48px;
    font-size: 16px;
  }

  .problem {
    margin: 0;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--_fill);
    overflow-wrap: anywhere;
  }

  .problem strong {
    display: block;
    font-weight: 600;
  }

  .problem span {
    color: var(--_quiet);
    font-size: 13px;
  }

  input[readonly] {
    border-color: transparent;
    background: var(--_fill);
  }

  @media (prefers-reduced-motion: reduce) {
    input {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .problem {
      border: 1px solid CanvasText;
    }
  }
`;
