import { css } from 'lit';

/** The toolbar of a whiteboard. */
export const boardTools = css`
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

  /* One row, moved sideways; undo stays in reach. */
  @container (inline-size < 560px) {
    .tools,
    .group {
      flex-wrap: nowrap;
    }

    .tools {
      justify-content: flex-start;
      overflow-x: auto;
      overscroll-behavior-x: contain;
      padding-inline-end: 0;
      scrollbar-width: none;
    }

    .group {
      flex: none;
    }

    .steps {
      position: sticky;
      inset-inline-end: 0;
      padding-inline: 4px 8px;
      border-inline-start: 1px solid var(--_line);
      box-shadow: -10px 0 8px -2px var(--_surface);
      background: var(--_surface);
    }
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
`;
