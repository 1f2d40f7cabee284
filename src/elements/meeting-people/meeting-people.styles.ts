import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  .tabs {
    display: flex;
    flex: none;
    gap: 4px;
    margin-block-end: 8px;
    padding-inline: 12px;
    border-block-end: 1px solid var(--_line);
  }

  .tab {
    position: relative;
    min-block-size: 44px;
    padding: 8px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--_quiet);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  .tab:hover {
    color: var(--_text);
  }

  .tab[aria-selected='true'] {
    color: var(--_text);
  }

  .tab[aria-selected='true']::after {
    content: '';
    position: absolute;
    inset-inline: 8px;
    inset-block-end: -1px;
    block-size: 2px;
    border-radius: 1px;
    background: var(--_accent);
  }

  .scroll {
    flex: 1;
    min-block-size: 0;
    padding-block-end: 16px;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .tab:focus-visible,
  .scroll:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    .tab[aria-selected='true']::after {
      background: Highlight;
    }
  }
`;
