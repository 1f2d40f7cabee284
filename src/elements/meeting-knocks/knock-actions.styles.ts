import { css } from 'lit';

/** The buttons of a card. */
export const actionStyles = css`
  .actions {
    flex: 1 0 100%;
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    gap: 8px;
  }

  .actions .button {
    min-block-size: 40px;
    padding: 6px 14px;
  }

  .actions .note {
    padding-inline: 10px;
  }

  .actions .note .icon {
    inline-size: 18px;
    block-size: 18px;
  }

  .actions .button:not(.primary) {
    background: var(--_fill-strong);
  }

  .actions .button:not(.primary):hover {
    background: color-mix(in oklch, var(--_text) 24%, var(--_surface));
  }

  @media (pointer: coarse) {
    .actions .button {
      min-block-size: 44px;
    }
  }
`;
