import { css } from 'lit';

/** A menu in a popover, which `Popup` puts beside its button. */
export const menu = css`
  .menu {
    position: fixed;
    inset: auto;
    left: var(--_left, 0);
    top: var(--_top, 0);
    inline-size: min(var(--_menu-width, 340px), calc(100vw - 16px));
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

  .item.danger .icon,
  .item.danger .title {
    color: light-dark(var(--_danger), color-mix(in oklch, var(--_danger) 62%, white));
  }

  .item[aria-disabled='true'] {
    cursor: default;
  }

  .item[aria-disabled='true'] .icon,
  .item[aria-disabled='true'] .title {
    color: var(--_quiet);
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

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(4px) scale(0.98);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .menu:popover-open {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .menu {
      border: 1px solid CanvasText;
    }
  }
`;
