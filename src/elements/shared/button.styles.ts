import { css } from 'lit';

/** Buttons of dialogs, notices, toasts and the join screen. */
export const button = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 20px;
    border: 1px solid transparent;
    border-radius: 10px;
    background: var(--_fill);
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color 150ms ease-out,
      opacity 150ms ease-out;
  }

  .button:hover {
    background: var(--_fill-strong);
  }

  .button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .button.primary:hover {
    background: color-mix(in oklch, var(--_accent) 90%, var(--_text));
  }

  .button.danger {
    background: var(--_danger);
    color: var(--_on-danger);
  }

  .button.danger:hover {
    background: color-mix(in oklch, var(--_danger) 90%, black);
  }

  .button.quiet {
    background: none;
    color: var(--_quiet);
    font-weight: 400;
  }

  .button.quiet:hover {
    color: var(--_text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (prefers-reduced-motion: reduce) {
    .button {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
  }
`;
