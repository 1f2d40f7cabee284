import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    color-scheme: dark;
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }

  leave-menu {
    margin-inline-start: 8px;
  }
`;
