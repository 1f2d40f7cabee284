import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  .scroll {
    flex: 1;
    min-block-size: 0;
    padding-block-end: 8px;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .scroll:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  meeting-file {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 60px;
  }

  .uploads {
    padding-block-end: 8px;
    margin-block-end: 8px;
    border-block-end: 1px solid var(--_line);
  }

  footer {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    padding: 12px 20px 16px;
    border-block-start: 1px solid var(--_line);
  }

  .usage {
    flex: 1;
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
`;
