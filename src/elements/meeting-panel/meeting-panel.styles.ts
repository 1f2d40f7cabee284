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

  @media (prefers-reduced-motion: reduce) {
    .panel {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .panel {
      border-inline-start: 1px solid CanvasText;
    }
  }
`;
