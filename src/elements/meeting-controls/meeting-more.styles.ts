import { css } from 'lit';

export const styles = css`
  .menu {
    --_menu-width: 240px;
  }

  .item {
    align-items: center;
    min-block-size: 48px;
  }

  .item .icon {
    margin: 0;
  }

  .title {
    flex: 1;
  }

  .item[data-count]::after {
    content: attr(data-count);
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }

  .item[aria-disabled='true'] {
    color: var(--_quiet);
    cursor: default;
  }

  small {
    display: block;
    color: var(--_quiet);
    font-size: 12px;
  }

  .in-bar {
    display: none;
  }

  /* As narrow as where the bar itself has no room for it: see meeting-controls.styles.ts. */
  @container (max-width: 270px) {
    .in-bar {
      display: flex;
    }
  }
`;
