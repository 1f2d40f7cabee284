import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-block;
  }

  .leave {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-inline-size: 44px;
    block-size: 44px;
    padding-inline: 18px;
    border: 0;
    border-radius: 12px;
    background: var(--_danger);
    color: var(--_on-danger);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    transition: background-color 150ms ease-out;
  }

  .leave:hover {
    background: color-mix(in oklch, var(--_danger) 88%, white);
  }

  .leave:focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }

  .leave[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .leave span {
    white-space: nowrap;
  }

  .item {
    min-block-size: 56px;
  }

  @media (prefers-reduced-motion: reduce) {
    .leave {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .leave {
      border: 1px solid ButtonBorder;
    }
  }
`;
