import { css } from 'lit';

export const styles = css`
  label {
    display: grid;
    gap: 6px;
    font-weight: 600;
  }

  input {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 10px 14px;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 16px;
    font-weight: 400;
    transition: border-color 150ms ease-out;
  }

  input:focus-visible {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
    outline-offset: 0;
  }

  .missing {
    margin: -8px 0 0;
    color: var(--_warning);
    font-size: 13px;
  }

  .join {
    min-block-size: 48px;
    font-size: 16px;
  }

  .problem,
  .help {
    margin: 0;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--_fill);
    overflow-wrap: anywhere;
  }

  .problem strong {
    display: block;
    font-weight: 600;
  }

  .problem span,
  .help {
    color: var(--_quiet);
    font-size: 13px;
  }

  .help button {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    min-block-size: 24px;
  }

  .hint {
    margin: -8px 0 0;
    color: var(--_quiet);
    font-size: 13px;
  }

  .message {
    font-weight: 400;
    color: var(--_quiet);
  }

  .kept {
    visibility: hidden;
  }

  input[readonly] {
    border-color: transparent;
    background: var(--_fill);
  }

  .join.checking {
    color: transparent;
    background: linear-gradient(
        100deg,
        transparent 40%,
        rgb(255 255 255 / 0.12) 50%,
        transparent 60%
      )
      0 0 / 300% 100% var(--_fill-strong);
    animation: shimmer 1.6s linear infinite;
  }

  @keyframes shimmer {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: 0 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    input,
    .join.checking {
      transition: none;
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .problem,
    .help {
      border: 1px solid CanvasText;
    }
  }
`;
