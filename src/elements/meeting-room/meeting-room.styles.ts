import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: var(--meeting-min-height, 30rem);
    overflow: hidden;
    container: meeting / size;
    color-scheme: light dark;
    isolation: isolate;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  .shell {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--_surface);
  }

  .main {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }

  .main > * {
    block-size: 100%;
  }

  .waiting {
    display: grid;
    place-content: center;
    gap: 20px;
    justify-items: center;
    background: var(--_stage);
    color: oklch(0.86 0.01 262);
    color-scheme: dark;
    /* Nothing flashes up that is there only for a moment. */
    animation: appear 200ms 200ms ease-out backwards;
  }

  .waiting::before {
    content: '';
    inline-size: min(46cqi, 66cqb, 520px);
    aspect-ratio: 16 / 9;
    border-radius: var(--_radius);
    background: linear-gradient(
        100deg,
        transparent 40%,
        rgb(255 255 255 / 0.06) 50%,
        transparent 60%
      )
      0 0 / 300% 100% oklch(0.24 0.015 262);
    animation: shimmer 1.6s linear infinite;
  }

  .failure {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    padding: 24px;
    text-align: center;
  }

  .failure .button {
    margin-block-start: 16px;
  }

  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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

  /* On a wall, people stand further away. */
  @container meeting (min-width: 2400px) {
    meeting-lobby,
    .main > meeting-notice,
    meeting-controls,
    meeting-toasts {
      zoom: 1.6;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .waiting,
    .waiting::before {
      animation: none;
    }
  }
`;
