import { css } from 'lit';

/** A row with a recording: in this browser, or in the room. */
export const recordingRow = css`
  :host {
    display: block;
  }

  .row {
    padding-block: 8px;
    border-block-end: 1px solid var(--_line);
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
  }

  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1 1 190px;
    min-inline-size: 0;
  }

  .name {
    overflow-wrap: anywhere;
    font-weight: 600;
  }

  .note {
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }

  .trouble {
    color: var(--_warning);
  }

  .actions {
    display: flex;
    flex: none;
    margin-inline-start: auto;
  }

  .icon-button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .going {
    opacity: 0.6;
  }

  video {
    display: block;
    inline-size: 100%;
    max-block-size: 60vh;
    margin-block: 8px;
    aspect-ratio: 16 / 9;
    border-radius: 10px;
    background: #000;
  }

  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 8px;
  }

  .question span {
    flex: 1 1 160px;
    font-size: 13px;
  }

  .question .button {
    min-block-size: 44px;
    padding-inline: 16px;
  }
`;
