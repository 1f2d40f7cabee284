import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }

  .notice {
    display: grid;
    align-content: safe center;
    justify-items: center;
    block-size: 100%;
    padding: 24px;
    overflow: auto;
    background: var(--_surface);
    text-align: center;
    animation: appear 200ms ease-out;
  }

  .mark {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    margin-block-end: 20px;
    border-radius: 20px;
    background: var(--_fill);
    color: var(--_quiet);
  }

  .mark .icon {
    inline-size: 28px;
    block-size: 28px;
  }

  h1 {
    margin: 0;
    max-inline-size: 24ch;
    font-size: clamp(20px, 4cqi, 28px);
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }

  /* The focus is here for screen readers; there is nothing to press. */
  h1:focus-visible {
    outline: none;
  }

  p {
    margin: 8px 0 0;
    max-inline-size: 44ch;
    color: var(--_quiet);
    font-size: 16px;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  blockquote {
    margin: 20px 0 0;
    max-inline-size: 44ch;
    padding: 12px 16px;
    border-radius: 12px;
    background: var(--_fill);
    text-align: start;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  blockquote span {
    display: block;
    color: var(--_quiet);
    font-size: 12px;
  }

  .steps {
    display: grid;
    justify-items: center;
    gap: 4px;
    margin-block-start: 28px;
  }

  .steps .primary {
    min-inline-size: 180px;
  }

  .when {
    margin: 4px 0;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }

  .forward {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-block-start: 24px;
    padding: 12px 20px;
    border-radius: 14px;
    background: var(--_fill);
  }

  .forward p {
    margin: 0;
    color: var(--_text);
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 4px;
  }

  .ways .button:not(.quiet) {
    background: var(--_fill-strong);
  }

  .answer {
    min-block-size: 1.45em;
    margin-block-start: 12px;
    color: var(--_text);
    font-size: 14px;
  }

  .answer:empty {
    min-block-size: 0;
    margin: 0;
  }

  .banner {
    position: absolute;
    inset-block-start: 16px;
    inset-inline: 16px;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: fit-content;
    max-inline-size: min(680px, calc(100% - 32px));
    margin-inline: auto;
    padding-block: 6px;
    padding-inline: 16px 6px;
    border-radius: 14px;
    background: color-mix(in oklch, var(--_surface) 92%, white);
    color: var(--_text);
    box-shadow:
      var(--_shadow),
      0 0 0 1px var(--_line);
    color-scheme: dark;
    animation: drop 180ms var(--_ease);
  }

  .banner > .icon {
    color: var(--_warning);
  }

  .banner .words {
    padding-block: 10px;
  }

  .banner .button {
    flex: none;
    padding-inline: 14px;
    background: none;
    color: var(--_accent);
  }

  .banner .button:hover {
    background: var(--_fill);
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes drop {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .notice,
    .banner {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .banner,
    .mark,
    blockquote {
      border: 1px solid CanvasText;
    }
  }
`;
