import { css } from 'lit';

/** How far an upload has come. */
export const uploadBar = css`
  .bar {
    display: block;
    block-size: 4px;
    margin-block: 5px 3px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--_fill-strong);
  }

  .bar::before {
    content: '';
    display: block;
    block-size: 100%;
    background: var(--_accent);
    transform: scaleX(var(--_sent, 0));
    transform-origin: 0 0;
    transition: transform 180ms ease-out;
  }

  .bar:dir(rtl)::before {
    transform-origin: 100% 0;
  }

  .bar.paused::before {
    background: var(--_edge);
  }

  @media (prefers-reduced-motion: reduce) {
    .bar::before {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .bar::before {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
