import { css } from 'lit';

/** What says, over all of a panel, that files may be dropped here. */
export const drop = css`
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

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
