import { css } from 'lit';

/** What the join screen shows beyond name and button; fetched with it. */
export const doorStyles = css`
  .help {
    margin: 0;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--_fill);
    color: var(--_quiet);
    font-size: 13px;
    overflow-wrap: anywhere;
  }

  .recorded {
    display: flex;
    gap: 10px;
    color: var(--_text);
  }

  .recorded::before {
    content: '';
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    margin-block-start: 4px;
    border-radius: 5px;
    background: oklch(0.62 0.24 26);
    forced-color-adjust: none;
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

  .show-me {
    display: flex;
    gap: 10px;
    align-items: center;
    min-block-size: 24px;
    font-weight: 400;
  }

  .show-me input {
    flex: none;
    inline-size: 20px;
    min-block-size: 0;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .show-me input:disabled {
    display: none;
  }

  .show-me input:disabled + span {
    color: var(--_quiet);
    font-size: 13px;
  }

  .kept {
    visibility: hidden;
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
    .join.checking {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .help {
      border: 1px solid CanvasText;
    }
  }
`;
