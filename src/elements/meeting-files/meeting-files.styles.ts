import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  .scroll {
    flex: 1;
    min-block-size: 0;
    padding-block-end: 8px;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .scroll:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  meeting-file {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 60px;
  }

  .uploads {
    padding-block-end: 8px;
    margin-block-end: 8px;
    border-block-end: 1px solid var(--_line);
  }

  footer {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    padding: 12px 20px 16px;
    border-block-start: 1px solid var(--_line);
  }

  .usage {
    flex: 1;
    color: var(--_quiet);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .drop {
    position: absolute;
    inset: 8px;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 8px;
    border: 2px dashed var(--_accent);
    border-radius: 12px;
    background: color-mix(in oklch, var(--_accent) 12%, var(--_surface));
    font-weight: 600;
    pointer-events: none;
    animation: appear 150ms ease-out;
  }

  .drop .icon {
    inline-size: 28px;
    block-size: 28px;
    color: var(--_accent);
  }

  @media (prefers-reduced-motion: reduce) {
    .drop {
      animation: none;
    }
  }
`;
