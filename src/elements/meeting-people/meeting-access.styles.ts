import { css } from 'lit';

export const access = css`
  :host(meeting-invite) {
    display: grid;
    gap: 12px;
  }

  ul {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    padding-block: 6px;
  }

  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .name {
    overflow: hidden;
    font-weight: 600;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .new {
    display: grid;
    gap: 6px;
    padding: 12px;
    border-radius: 10px;
    background: color-mix(in oklch, var(--_accent) 10%, var(--_surface));
  }

  li .button {
    flex: none;
  }
`;
