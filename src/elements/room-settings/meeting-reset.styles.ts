import { css } from 'lit';

export const styles = css`
  form,
  section {
    display: grid;
    gap: 16px;
  }

  .parts {
    border-block-start: 1px solid var(--_line);
  }

  .cleared {
    color: var(--_accent);
  }

  .leaving {
    display: grid;
    gap: 8px;
    padding: 12px;
    border-radius: 10px;
    background: var(--_fill);
  }

  .leaving label {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
    cursor: pointer;
  }

  .leaving input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .button[disabled] {
    opacity: 0.45;
    cursor: default;
  }

  h3,
  h4 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }

  h4 {
    font-size: 14px;
  }

  h3:focus-visible {
    outline: none;
  }

  ul {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 10px;
  }

  li .icon {
    color: var(--_accent);
  }

  .trash {
    margin-block-start: 24px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }

  .trash li {
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
  }

  .trash strong {
    font-weight: 600;
  }

  .count {
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }

  .here {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`;
