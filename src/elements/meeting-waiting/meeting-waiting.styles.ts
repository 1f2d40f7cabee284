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

  .seen {
    position: absolute;
    inset-block-start: 12px;
    inset-inline-start: 12px;
    max-inline-size: calc(100% - 24px);
    padding: 4px 10px;
    border-radius: 8px;
    background: rgb(12 13 18 / 0.66);
    color: #fff;
    font-size: 13px;
    font-weight: 600;
  }

  .switch {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 44px;
    padding-inline: 14px;
    border-radius: 12px;
    background: var(--_fill);
    cursor: pointer;
  }

  .switch span {
    order: -1;
  }

  .switch input {
    flex: none;
    appearance: none;
    inline-size: 40px;
    block-size: 24px;
    margin: 0;
    padding: 2px;
    border: 1px solid var(--_edge);
    border-radius: 12px;
    background: var(--_surface);
    cursor: pointer;
    transition: background-color 150ms ease-out;
  }

  .switch input::before {
    content: '';
    display: block;
    block-size: 100%;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--_edge);
    transition: translate 150ms ease-out;
  }

  .switch input:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }

  .switch input:checked::before {
    background: var(--_on-accent);
    translate: 16px 0;
  }

  .switch input:checked:dir(rtl)::before {
    translate: -16px 0;
  }

  .switch input[aria-busy='true'] {
    opacity: 0.6;
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
    .switch input,
    .switch input::before {
      transition: none;
    }

    .bar::before {
      inline-size: 100%;
      animation: none;
    }

    .bar:dir(rtl)::before {
      margin: 0;
    }
  }

  @media (forced-colors: active) {
    .switch input::before,
    .switch input:checked::before {
      background: CanvasText;
    }

    blockquote,
    .note,
    .bar {
      border: 1px solid CanvasText;
    }
  }
`;
