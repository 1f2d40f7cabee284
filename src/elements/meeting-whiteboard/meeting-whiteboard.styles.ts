import { css } from 'lit';

export const styles = css`
  :host {
    --_menu-width: 240px;
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    padding: 0 8px 4px;
  }

  .tabs {
    display: flex;
    flex: 0 1 auto;
    gap: 2px;
    min-inline-size: 0;
    padding: 2px;
    overflow: auto hidden;
    scrollbar-width: thin;
  }

  .tab {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    max-inline-size: 220px;
    min-block-size: 36px;
    padding: 0 12px;
    overflow: hidden;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_quiet);
    font: inherit;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }

  .tab .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .tab:hover {
    background: var(--_fill);
    color: var(--_text);
  }

  .tab:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .tab[aria-selected='true'] {
    background: var(--_fill-strong);
    color: var(--_text);
    font-weight: 600;
  }

  .tab span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .rename {
    display: flex;
    gap: 8px;
    padding: 4px 12px 8px;
  }

  .rename input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 40px;
    padding: 0 12px;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  meeting-board {
    flex: 1;
  }

  .empty .button {
    margin-block-start: 16px;
  }

  .skeleton {
    flex: 1;
    margin: 8px 12px 12px;
    padding: 0;
    border-radius: 8px;
    background: var(--_fill);
  }
`;
