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

  .menu {
    position: fixed;
    inset: auto;
    left: var(--_left, 0);
    top: var(--_top, 0);
    inline-size: min(340px, calc(100vw - 16px));
    max-block-size: var(--_max, none);
    margin: 0;
    padding: 6px;
    overflow: hidden auto;
    border: 0;
    border-radius: 16px;
    background: var(--_raised);
    color: var(--_text);
    text-align: start;
    box-shadow:
      var(--_shadow),
      0 0 0 1px var(--_line);
    transform-origin: 50% 100%;
  }

  .menu:popover-open {
    animation: rise 150ms var(--_ease);
  }

  .menu.below {
    transform-origin: 50% 0;
  }

  .item {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 56px;
    padding: 10px 12px;
    border: 0;
    border-radius: 11px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .item .icon {
    margin-block-start: 1px;
    color: var(--_quiet);
  }

  .item:hover,
  .item:focus {
    background: var(--_fill-strong);
    outline: none;
  }

  .item:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .words {
    display: grid;
    gap: 1px;
    min-inline-size: 0;
  }

  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .hint {
    color: var(--_quiet);
    font-size: 13px;
  }

  .item:nth-of-type(n + 2) .icon,
  .item:nth-of-type(n + 2) .title {
    color: light-dark(var(--_danger), color-mix(in oklch, var(--_danger) 62%, white));
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(4px) scale(0.98);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .leave {
      transition: none;
    }

    .menu:popover-open {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .leave {
      border: 1px solid ButtonBorder;
    }

    .menu {
      border: 1px solid CanvasText;
    }
  }
`;
