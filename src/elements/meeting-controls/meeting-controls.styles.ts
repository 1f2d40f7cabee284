import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    inline-size: 100%;
    container-type: inline-size;
    color-scheme: dark;
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }

  .gap {
    inline-size: 8px;
  }

  leave-menu {
    margin-inline-start: 8px;
  }

  .device.open {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .device.open:hover {
    background: color-mix(in oklch, var(--_accent) 90%, var(--_text));
  }

  .share[aria-disabled='true'] .icon {
    opacity: 0.4;
  }

  /* Drawn from an attribute: the button's name is what it opens, the number describes it. */
  .panel[data-count]::before {
    content: attr(data-count);
    position: absolute;
    inset-block-start: -5px;
    inset-inline-end: -5px;
    min-inline-size: 20px;
    padding-inline: 5px;
    border-radius: 10px;
    background: color-mix(in oklch, var(--_text) 90%, var(--_surface));
    color: var(--_surface);
    font-size: 12px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 20px;
    text-align: center;
  }

  meeting-more {
    display: none;
  }

  /* All of it has no room: what is not needed every minute goes into More. */
  @container (max-width: 560px) {
    .panel:not(.in-bar),
    .share,
    .gap {
      display: none;
    }

    meeting-more {
      display: block;
    }
  }

  @container (max-width: 340px) {
    .bar {
      gap: 4px;
    }

    leave-menu {
      margin-inline-start: 4px;
    }
  }

  @container (max-width: 270px) {
    .panel {
      display: none;
    }
  }
`;
