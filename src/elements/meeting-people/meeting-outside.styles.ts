import { css } from 'lit';

export const outside = css`
  h3 {
    padding-block: 20px 4px;
    padding-inline: 20px;
    color: var(--_quiet);
    font-size: 13px;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .row {
    padding-block: 8px;
    padding-inline-end: 20px;
  }

  .initials {
    align-self: flex-start;
    background: var(--_fill-strong);
    color: var(--_text);
  }

  .row > .words {
    gap: 1px;
  }

  .note[dir] {
    text-align: match-parent;
  }

  .button {
    justify-self: start;
    margin-block-start: 6px;
  }
`;
