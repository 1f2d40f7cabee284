import { css } from 'lit';

/** One card: who knocks, since when, with what, and the answer. */
export const cardStyles = css`
  .card {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px 12px;
    padding: 12px;
    border-radius: 16px;
    animation: drop 180ms var(--_ease);
  }

  .initials,
  .picture {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
  }

  .initials {
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: oklch(0.42 0.08 var(--_hue, 262));
    color: #fff;
    font-size: 14px;
    font-weight: 600;
  }

  .picture {
    inline-size: 72px;
    block-size: 54px;
    overflow: hidden;
    border-radius: 10px;
    background: oklch(0.3 0.02 var(--_hue, 262));
  }

  /* One alone has room to be looked at. */
  .knocks:not(.several) .picture {
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: 16 / 9;
  }

  .picture video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    animation: appear 200ms ease-out;
  }

  .picture.coming {
    background: linear-gradient(
        100deg,
        transparent 40%,
        rgb(255 255 255 / 0.08) 50%,
        transparent 60%
      )
      0 0 / 300% 100% oklch(0.3 0.02 var(--_hue, 262));
    animation: shimmer 1.6s 200ms linear infinite;
  }

  .who {
    flex: 100 1 0;
    min-inline-size: 96px;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 600;
  }

  .name bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--_quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }

  .facts > span ~ span::before {
    content: '·';
    margin-inline-end: 6px;
  }

  .badge {
    flex: none;
    font-size: 12px;
    padding: 0 7px;
    border-radius: 6px;
    background: color-mix(in oklch, var(--_warning) 22%, transparent);
    color: var(--_warning);
    font-weight: 600;
    line-height: 18px;
  }

  .clock {
    display: none;
  }

  .message {
    flex: 1 0 100%;
    margin: 0;
    padding: 8px 12px;
    border-radius: 10px;
    background: var(--_fill-strong);
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }

  .message:hover,
  .card:focus-within .message {
    -webkit-line-clamp: none;
  }

  .decided {
    color: var(--_quiet);
  }

  .decided .initials {
    filter: grayscale(1);
  }

  .decided .facts {
    font-size: 13px;
  }

  @container meeting (max-width: 480px) {
    .card {
      gap: 6px 10px;
      padding: 8px;
    }

    /* Several leave room for the people in the call: a row each, unless the words are long. */
    .several .picture,
    .several .initials {
      inline-size: 40px;
      block-size: 40px;
    }

    .several .time {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .several .clock {
      display: inline;
    }

    .several .facts {
      flex-wrap: nowrap;
      white-space: nowrap;
    }

    .several .facts > span {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .several .clock {
      flex: none;
    }

    .several .clock::before {
      content: none;
    }

    .several .who {
      min-inline-size: 72px;
    }

    .several .name {
      flex-wrap: wrap;
      column-gap: 8px;
      row-gap: 0;
    }

    .several .actions {
      flex: 1 0 auto;
      grid-template-columns: 1fr 1fr;
      gap: 6px;
    }

    .several .actions .button {
      padding-inline: 10px;
    }

    /* Who is at the door is worth more than a message to them; with one card there is room. */
    .several .actions .note {
      display: none;
    }

    .several .message {
      order: 1;
      padding: 0 2px;
      background: none;
      color: var(--_quiet);
      font-size: 13px;
      -webkit-line-clamp: 1;
    }

    .several .message:hover,
    .several .card:focus-within .message {
      -webkit-line-clamp: 4;
    }

    .knocks:not(.several) .picture {
      inline-size: 96px;
      block-size: 54px;
    }
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

  @keyframes drop {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .picture.coming,
    .picture video,
    .card {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .picture {
      border: 1px solid CanvasText;
    }
  }
`;
