import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: absolute;
    inset-block-end: 84px;
    inset-inline-start: 16px;
    max-inline-size: calc(100% - 32px);
    z-index: 3;
    color-scheme: dark;
    pointer-events: none;
  }

  .toast {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: fit-content;
    max-inline-size: min(460px, 100%);
    padding: 6px 6px 6px 16px;
    border-radius: 14px;
    background: color-mix(in oklch, var(--_surface) 92%, white);
    color: var(--_text);
    box-shadow:
      var(--_shadow),
      0 0 0 1px var(--_line);
    pointer-events: auto;
    animation: rise 180ms var(--_ease);
  }

  :host(:dir(rtl)) .toast {
    padding: 6px 16px 6px 6px;
  }

  .words {
    min-inline-size: 0;
    padding-block: 8px;
    overflow-wrap: anywhere;
  }

  .title {
    font-weight: 600;
  }

  .detail {
    color: var(--_quiet);
    font-size: 13px;
  }

  .button {
    flex: none;
    padding-inline: 14px;
    background: none;
    color: var(--_accent);
  }

  .dismiss {
    margin-inline-start: -8px;
  }

  .dismiss .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  @container meeting (max-width: 480px) {
    .toast {
      flex-wrap: wrap;
      gap: 0 12px;
    }

    .words {
      flex: 1 1 calc(100% - 72px);
    }

    .toast .button {
      order: 1;
      margin-inline-start: -14px;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .toast {
      border: 1px solid CanvasText;
    }
  }
`;
