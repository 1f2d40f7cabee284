import { css } from 'lit';

/** What lies over the page and its backdrop: raised, and risen when it opens. */
export const dialog = css`
  dialog {
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

  @media (prefers-reduced-motion: reduce) {
    dialog[open],
    dialog::backdrop {
      animation: none;
    }
  }
`;
