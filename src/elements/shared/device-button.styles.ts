import { css } from 'lit';

/** The round toggles for microphone and camera, on the join screen and in the call. */
export const deviceButton = css`
  .device {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: var(--_fill-strong);
    color: var(--_text);
    cursor: pointer;
    transition: background-color 150ms ease-out;
  }

  .device:hover {
    background: color-mix(in oklch, var(--_text) 24%, var(--_surface));
  }

  .device.off {
    background: color-mix(in oklch, var(--_text) 90%, var(--_surface));
    color: var(--_surface);
  }

  .device.off:hover {
    background: var(--_text);
  }

  .device:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .device.starting .icon {
    opacity: 0.5;
  }

  .device .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    display: grid;
    place-items: center;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: var(--_warning);
    color: oklch(0.2 0.03 80);
    font-size: 12px;
    font-weight: 600;
  }

  .device::after {
    content: attr(data-tip);
    position: absolute;
    inset-block-end: calc(100% + 8px);
    inset-inline-start: 50%;
    translate: -50% 0;
    padding: 5px 9px;
    border-radius: 7px;
    background: var(--_text);
    color: var(--_surface);
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
    opacity: 0;
    pointer-events: none;
    transition: opacity 150ms ease-out;
  }

  .device:dir(rtl)::after {
    translate: 50% 0;
  }

  .device:hover::after,
  .device:focus-visible::after {
    opacity: 1;
    transition-delay: 500ms;
  }

  @media (hover: none) {
    .device::after {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .device,
    .device::after {
      transition-duration: 0s;
    }
  }

  @media (forced-colors: active) {
    .device,
    .device::after {
      border: 1px solid ButtonBorder;
    }
  }
`;
