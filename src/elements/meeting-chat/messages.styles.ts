import { css } from 'lit';

export const messages = css`
  :host {
    display: block;
    position: relative;
  }

  .scroll {
    block-size: 100%;
    padding-block: 4px 8px;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 20px 4px;
    color: var(--_quiet);
    font-size: 12px;
    font-weight: 600;
  }

  .line::before,
  .line::after {
    flex: 1;
    block-size: 1px;
    background: var(--_line);
    content: '';
  }

  .line.unread {
    color: var(--_accent);
  }

  .line.unread::before,
  .line.unread::after {
    background: color-mix(in oklch, var(--_accent) 50%, var(--_surface));
  }

  .older {
    display: grid;
    justify-items: center;
    padding: 4px 20px;
  }

  .older .button {
    min-block-size: 36px;
    padding-block: 4px;
    font-size: 12px;
  }

  .failure {
    padding: 8px 20px;
    color: var(--_warning);
  }

  .empty {
    display: grid;
    gap: 4px;
    padding: 32px 32px 0;
    color: var(--_quiet);
    text-align: center;
  }

  .empty strong {
    color: var(--_text);
    font-weight: 600;
  }

  .skeleton {
    display: grid;
    gap: 16px;
    padding: 12px 20px;
    animation: appear 200ms 200ms ease-out backwards;
  }

  .skeleton i {
    block-size: 36px;
    border-radius: 10px;
    background: var(--_fill);
  }

  .to-end {
    display: flex;
    position: absolute;
    inset-block-end: 8px;
    inset-inline: 0;
    align-items: center;
    gap: 6px;
    inline-size: max-content;
    min-block-size: 36px;
    margin-inline: auto;
    padding: 0 8px;
    border: 1px solid var(--_line);
    border-radius: 18px;
    background: var(--_raised);
    box-shadow: var(--_shadow);
    color: inherit;
    font: inherit;
    font-size: 12px;
    font-weight: 600;
    cursor: pointer;
  }

  .to-end.counted {
    padding-inline-end: 14px;
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }

  /* What a message brings. */
  meeting-file {
    max-inline-size: 360px;
    min-inline-size: 0;
    margin-block: 4px;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
  }

  meeting-file:not(:defined) {
    padding: 12px;
  }

  meeting-file::part(file) {
    padding-inline: 8px 2px;
  }
`;
