import { css } from 'lit';

export const styles = css`
  dialog {
    inline-size: min(960px, calc(100vw - 32px));
    block-size: min(600px, calc(100dvh - 32px));
    padding: 0;
    overflow: hidden;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    padding-block: 12px 4px;
    padding-inline: 24px 12px;
  }

  h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  .tabs {
    display: flex;
    flex: none;
    gap: 4px;
    padding-inline: 16px;
    overflow-x: auto;
    scrollbar-width: none;
    border-block-end: 1px solid var(--_line);
  }

  .tab {
    position: relative;
    flex: none;
    min-block-size: 44px;
    padding: 8px;
    border: 0;
    border-radius: 8px 8px 0 0;
    background: none;
    color: var(--_quiet);
    font: inherit;
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }

  .tab:hover {
    color: var(--_text);
  }

  .tab:focus-visible {
    outline-offset: -2px;
  }

  .tab[aria-selected='true'] {
    color: var(--_text);
  }

  .tab[aria-selected='true']::after {
    content: '';
    position: absolute;
    inset-inline: 8px;
    inset-block-end: 0;
    block-size: 2px;
    border-radius: 1px;
    background: var(--_accent);
  }

  .tab.reset {
    margin-inline-start: auto;
  }

  .section {
    flex: 1;
    min-block-size: 0;
    padding: 20px 24px 24px;
    overflow: auto;
  }

  .rows {
    display: grid;
    justify-items: start;
    gap: 16px;
  }

  .field {
    inline-size: min(100%, 320px);
  }

  fieldset {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0 0 6px;
    color: var(--_quiet);
    font-size: 13px;
  }

  .radio {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
    cursor: pointer;
  }

  .radio input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }

  /* The dialog is over the page, so it goes by the page's size: on a phone it is a sheet. */
  @media (max-width: 560px) {
    dialog {
      inline-size: 100vw;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      border-radius: 0;
    }

    header {
      padding-inline: 16px 8px;
    }

    .tabs {
      padding-inline: 8px;
    }

    .section {
      padding: 16px;
    }
  }

  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }

    .tab[aria-selected='true']::after {
      background: Highlight;
    }
  }
`;
