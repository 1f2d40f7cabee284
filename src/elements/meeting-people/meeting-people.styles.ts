import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  .scroll {
    flex: 1;
    min-block-size: 0;
    padding-block-end: 16px;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .scroll:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
`;
