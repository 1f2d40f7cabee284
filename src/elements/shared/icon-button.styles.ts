import { css } from 'lit';

/** A button that is an icon, quiet until it is used. */
export const iconButton = css`
  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--_quiet);
    cursor: pointer;
  }

  .icon-button:hover {
    background: var(--_fill);
    color: var(--_text);
  }
`;
