import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }

  .paper {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden;
    background: white;
    color: #1f2430;
  }

  .box,
  .over {
    position: absolute;
    inset: 0;
  }

  .over {
    overflow: hidden;
    pointer-events: none;
    direction: ltr;
  }

  .over canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }

  .paper:has(.imageEditorRenderArea:focus-visible)::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid #1d4ed8;
    pointer-events: none;
  }

  .pointer {
    position: absolute;
    left: 0;
    top: 0;
    transform: translate(var(--_x, 0), var(--_y, 0));
    transition: transform 100ms linear;
    will-change: transform;
  }

  .pointer i {
    display: block;
    inline-size: 14px;
    block-size: 18px;
    background: oklch(0.5 0.16 var(--_hue));
    clip-path: polygon(0 0, 100% 62%, 56% 66%, 30% 100%);
  }

  .pointer span {
    position: absolute;
    left: 12px;
    top: 16px;
    max-inline-size: 140px;
    padding: 1px 7px;
    overflow: hidden;
    border-radius: 9px;
    background: oklch(0.45 0.14 var(--_hue));
    color: white;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .loading {
    position: absolute;
    inset: 0;
    background: linear-gradient(100deg, transparent 40%, rgb(0 0 0 / 0.05) 50%, transparent 60%) 0
      0 / 300% 100%;
    animation:
      appear 200ms 200ms ease-out backwards,
      shimmer 1.6s linear infinite;
  }

  .note {
    position: absolute;
    inset-block-start: 8px;
    inset-inline: 8px;
    inline-size: fit-content;
    max-inline-size: calc(100% - 16px);
    margin: 0 auto;
    padding: 6px 14px;
    border-radius: 10px;
    background: #1f2430;
    color: white;
    text-align: center;
    pointer-events: none;
  }

  .failure {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    padding: 24px;
    background: var(--_surface);
    color: var(--_text);
    text-align: center;
  }

  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
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
    .loading,
    .pointer {
      animation: none;
      transition: none;
    }
  }
`;
