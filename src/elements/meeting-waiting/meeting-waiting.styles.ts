import { css } from 'lit';

export const styles = css`
  .words > p {
    margin: 0;
  }

  /* The focus is here for screen readers; there is nothing to press. */
  h1:focus-visible {
    outline: none;
  }

  .status {
    display: grid;
    gap: 2px;
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }

  .status strong {
    color: var(--_text);
    font-weight: 400;
  }

  .bar {
    block-size: 3px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--_fill-strong);
  }

  .bar::before {
    content: '';
    display: block;
    block-size: 100%;
    inline-size: 40%;
    border-radius: inherit;
    background: var(--_accent);
    animation: wait 2.4s ease-in-out infinite alternate;
  }

  .bar:dir(rtl)::before {
    animation-direction: alternate-reverse;
    margin-inline-start: 60%;
  }

  .offline .bar::before {
    animation: none;
    background: var(--_warning);
  }

  blockquote {
    margin: 0;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--_fill);
    overflow-wrap: anywhere;
  }

  blockquote span {
    display: block;
    color: var(--_quiet);
    font-size: 12px;
  }

  .note {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--_fill);
  }

  .note .icon {
    color: var(--_warning);
  }

  .note:empty {
    display: none;
  }

  .stop {
    justify-self: start;
  }

  @keyframes wait {
    to {
      transform: translateX(150%);
    }
  }

  @container (max-width: 760px) {
    .stop {
      justify-self: stretch;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bar::before {
      inline-size: 100%;
      animation: none;
    }

    .bar:dir(rtl)::before {
      margin: 0;
    }
  }

  @media (forced-colors: active) {
    blockquote,
    .note,
    .bar {
      border: 1px solid CanvasText;
    }
  }
`;
