import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }

  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--_surface);
    outline: none;
    animation: appear 180ms var(--_ease);
  }

  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding-block: 8px;
    padding-inline: 20px 8px;
  }

  h2 {
    flex: 1;
    margin: 0;
    overflow: hidden;
    font-size: 16px;
    font-weight: 600;
    line-height: 1.3;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .panel:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    box-shadow: inset 0 0 0 2px var(--_accent);
    pointer-events: none;
  }

  .content {
    flex: 1;
    min-block-size: 0;
  }

  .skeleton {
    display: grid;
    gap: 12px;
    padding: 8px 20px;
    /* Nothing flashes up that is there only for a moment. */
    animation: appear 200ms 200ms ease-out backwards;
  }

  .skeleton i {
    block-size: 40px;
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
    .panel,
    .skeleton {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .panel {
      border-inline-start: 1px solid CanvasText;
    }
  }
`;
