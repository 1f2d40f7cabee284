import { css } from 'lit';

export const list = css`
  :host {
    display: block;
  }
`;
