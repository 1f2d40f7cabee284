import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    justify-items: start;
    gap: 16px;
  }

  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  ol {
    display: grid;
    inline-size: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: 9ch minmax(0, 1fr);
    gap: 12px;
    padding-block: 5px;
    overflow-wrap: anywhere;
  }

  h3 {
    grid-column: 1 / -1;
    margin: 8px 0 2px;
    font-size: 13px;
    font-weight: 600;
  }

  li:first-child h3 {
    margin-block-start: 0;
  }

  time {
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }
`;
