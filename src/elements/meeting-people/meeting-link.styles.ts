import { css } from 'lit';

export const link = css`
  :host {
    display: grid;
    gap: 6px;
  }

  .row {
    display: flex;
    gap: 8px;
  }

  input {
    flex: 1;
    background: var(--_fill);
    text-overflow: ellipsis;
  }

  .button {
    flex: none;
    min-block-size: 40px;
  }

  .button .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .hint:empty {
    display: none;
  }

  a {
    justify-self: start;
    padding-block: 4px;
    border-radius: 4px;
    color: var(--_accent);
    font-size: 13px;
  }
`;
