import { css } from 'lit';

export const compose = css`
  :host {
    display: block;
    padding: 0 12px 12px;
  }

  .typing {
    min-block-size: 20px;
    padding-inline: 8px;
    overflow: hidden;
    color: var(--_quiet);
    font-size: 12px;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .compose {
    display: grid;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--_edge);
    border-radius: 12px;
    background: var(--_raised);
  }

  .compose:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }

  .compose.private {
    background: color-mix(in oklch, var(--_accent) 8%, var(--_surface));
  }

  .row {
    display: flex;
    align-items: end;
    gap: 4px;
  }

  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 160px;
    padding: 10px 8px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    line-height: 20px;
    field-sizing: content;
    overflow-y: auto;
    outline: none;
    overflow-wrap: anywhere;
    resize: none;
  }

  textarea::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }

  .send,
  .cancel {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_quiet);
    cursor: pointer;
  }

  .send {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .send[aria-disabled='true'] {
    background: none;
    color: var(--_quiet);
    cursor: default;
  }

  .send:dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .cancel[aria-disabled='true'] .icon {
    opacity: 0.5;
  }

  .cancel:hover {
    background: var(--_fill);
    color: var(--_text);
  }

  .context {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-inline-start: 8px;
    border-block-end: 1px solid var(--_line);
  }

  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    font-size: 12px;
  }

  .title {
    font-weight: 600;
  }

  .quoted {
    overflow: hidden;
    color: var(--_quiet);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .to {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-inline-start: 8px;
    color: var(--_quiet);
    font-size: 12px;
  }

  select {
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: 32px;
    padding-inline: 4px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    text-overflow: ellipsis;
    field-sizing: content;
    cursor: pointer;
  }

  select:hover {
    background: var(--_fill);
  }

  option {
    background: var(--_surface);
    color: var(--_text);
  }

  .between {
    display: flex;
    gap: 6px;
    padding: 0 8px 2px;
    font-size: 12px;
  }

  .between .icon {
    inline-size: 14px;
    block-size: 14px;
    margin-block-start: 2px;
  }

  .left {
    padding: 0 8px 4px;
    color: var(--_quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .left.over {
    color: var(--_warning);
    font-weight: 600;
  }

  button:focus-visible,
  select:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .send:focus-visible {
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonBorder;
    }
  }
`;
