import { css } from 'lit';

export const styles = css`
  :host {
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

  .tools {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 4px 12px;
    padding: 6px 8px;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }

  .group {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 2px;
  }

  .tool {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_text);
    cursor: pointer;
  }

  .tool:hover {
    background: var(--_fill);
  }

  .tool:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .tool[aria-pressed='true'] {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .tool[aria-disabled='true'] {
    color: color-mix(in oklch, var(--_text) 38%, var(--_surface));
    cursor: default;
  }

  .tool[aria-disabled='true']:hover {
    background: none;
  }

  .color,
  .own {
    inline-size: 30px;
  }

  .color i {
    inline-size: 18px;
    block-size: 18px;
    border: 2px solid white;
    border-radius: 50%;
    background: var(--_ink);
    box-shadow: 0 0 0 1px var(--_edge);
  }

  .color[aria-pressed='true'] {
    background: var(--_fill-strong);
  }

  .color[aria-pressed='true'] i {
    box-shadow: 0 0 0 2.5px var(--_accent);
  }

  .black {
    --_ink: #1f2430;
  }

  .red {
    --_ink: #c8102e;
  }

  .orange {
    --_ink: #c2570c;
  }

  .green {
    --_ink: #15803d;
  }

  .blue {
    --_ink: #1d4ed8;
  }

  .purple {
    --_ink: #7e22ce;
  }

  .own {
    padding: 6px 4px;
  }

  .width i {
    inline-size: 20px;
    border-radius: 6px;
    background: currentColor;
  }

  .thin i {
    block-size: 2px;
  }

  .medium i {
    block-size: 5px;
  }

  .thick i {
    block-size: 10px;
  }

  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    .tool {
      inline-size: 44px;
      block-size: 44px;
    }

    .color,
    .own {
      inline-size: 38px;
    }
  }

  @media (forced-colors: active) {
    .color i {
      forced-color-adjust: none;
    }

    .tool[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
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
