import { css } from 'lit';

/** What a panel shows while it has nothing else: it is loading, empty, or failed. */
export const panelStates = css`
  .empty {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 4px;
    block-size: 100%;
    padding: 24px;
    color: var(--_quiet);
    text-align: center;
    text-wrap: balance;
  }

  .empty .icon {
    inline-size: 32px;
    block-size: 32px;
    margin-block-end: 8px;
  }

  .empty strong {
    color: var(--_text);
    font-size: 16px;
    font-weight: 600;
  }

  .skeleton {
    display: grid;
    gap: 12px;
    padding: 8px 20px;
    /* Nothing flashes up that is there only for a moment. */
    animation: appear 200ms 200ms ease-out backwards;
  }

  .skeleton i {
    block-size: 44px;
    border-radius: 10px;
    background: var(--_fill);
  }

  .failure {
    display: grid;
    justify-items: start;
    gap: 12px;
    padding: 8px 20px;
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
`;
