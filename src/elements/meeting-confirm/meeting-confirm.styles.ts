import { css } from 'lit';

export const styles = css`
  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    padding: 24px;
  }

  h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }

  p {
    margin: 8px 0 0;
    color: var(--_quiet);
  }

  .note {
    display: grid;
    gap: 6px;
    margin-block-start: 20px;
    font-size: 13px;
    color: var(--_quiet);
    overflow-wrap: anywhere;
  }

  textarea {
    inline-size: 100%;
    min-block-size: 64px;
    max-block-size: 30vh;
    padding: 10px 12px;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 16px;
    resize: none;
    field-sizing: content;
  }

  textarea:focus-visible {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
    outline-offset: 0;
  }

  .block {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: 10px;
    margin-block-start: 12px;
    padding-block: 4px;
  }

  .block input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_danger);
  }

  .block label {
    padding-block: 2px;
    cursor: pointer;
  }

  .block span {
    grid-column: 2;
    color: var(--_quiet);
    font-size: 13px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }

  @media (max-width: 400px) {
    .actions .button {
      flex: 1;
    }
  }

  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;
