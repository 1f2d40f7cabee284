import { css } from 'lit';

export const viewer = css`
  dialog {
    inline-size: min(1100px, calc(100vw - 32px));
    max-inline-size: none;
    block-size: calc(100dvh - 32px);
    max-block-size: none;
    padding: 0;
    overflow: hidden;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: rgb(6 7 10 / 0.7);
  }

  header {
    display: flex;
    flex: none;
    align-items: center;
    padding-block: 6px;
    padding-inline: 20px 8px;
  }

  h2 {
    flex: 1;
    margin: 0;
    overflow: hidden;
    font-size: 16px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .content {
    display: grid;
    flex: 1;
    place-items: center;
    min-block-size: 0;
    background: var(--_stage);
    color: oklch(0.96 0.005 262);
  }

  img {
    max-inline-size: 100%;
    max-block-size: 100%;
    min-block-size: 0;
    object-fit: contain;
  }

  iframe {
    inline-size: 100%;
    block-size: 100%;
    border: 0;
    background: white;
  }

  p {
    padding: 20px;
  }

  @media (max-width: 480px) {
    dialog {
      inline-size: 100vw;
      block-size: 100dvh;
      border-radius: 0;
    }
  }
`;
