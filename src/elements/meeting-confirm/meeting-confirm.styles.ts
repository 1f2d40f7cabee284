import { css } from 'lit';

export const styles = css`
  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    padding: 24px;
    border: 0;
    border-radius: 18px;
    background: var(--_raised);
    color: var(--_text);
    box-shadow:
      var(--_shadow),
      0 0 0 1px var(--_line);
  }

  dialog[open] {
    animation: rise 180ms var(--_ease);
  }

  dialog::backdrop {
    background: rgb(6 7 10 / 0.55);
    animation: fade 180ms ease-out;
  }

  h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }

  p {
    margin: 8px 0 0;
    color: var(--_quiet);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px) scale(0.98);
    }
  }

  @keyframes fade {
    from {
      opacity: 0;
    }
  }

  @media (max-width: 400px) {
    .actions .button {
      flex: 1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    dialog[open],
    dialog::backdrop {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;
