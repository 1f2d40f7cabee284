import { css } from 'lit';

export const activity = css`
  h3 {
    color: var(--_quiet);
    font-size: 13px;
  }

  ul {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    gap: 12px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }

  li > span {
    flex: 1;
    min-inline-size: 0;
    text-align: match-parent;
  }

  time {
    flex: none;
    min-inline-size: 4.5em;
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    text-align: match-parent;
  }

  .save {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_line);
  }
`;
