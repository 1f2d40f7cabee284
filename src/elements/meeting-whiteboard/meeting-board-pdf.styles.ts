import { css } from 'lit';

export const styles = css`
  dialog {
    box-sizing: border-box;
    inline-size: min(640px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    padding: 24px;
    flex-direction: column;
    gap: 16px;
  }

  dialog[open] {
    display: flex;
  }

  h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  h3 {
    margin: 8px 0 -8px;
    font-size: 14px;
    font-weight: 600;
  }

  p {
    margin: 0;
    color: var(--_quiet);
  }

  ul {
    min-block-size: 0;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }

  .files {
    display: grid;
    gap: 4px;
  }

  .files .button {
    inline-size: 100%;
    justify-content: flex-start;
    overflow-wrap: anywhere;
    text-align: start;
  }

  .pages {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
    gap: 12px;
    padding: 4px;
  }

  label {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 6px;
    cursor: pointer;
  }

  label input {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .sheet {
    box-sizing: border-box;
    display: grid;
    place-items: center;
    inline-size: 100%;
    aspect-ratio: 1 / 1.2;
    border: 1px solid var(--_edge);
    border-radius: 10px;
    background: color-mix(in oklch, var(--_text) 8%, var(--_surface));
    overflow: hidden;
  }

  .sheet canvas {
    max-inline-size: 88%;
    max-block-size: 92%;
    background: white;
  }

  label:has(:checked) .sheet {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  label:has(:focus-visible) .sheet {
    outline: 2px solid var(--_accent);
    outline-offset: 3px;
  }

  label:has(:disabled) {
    opacity: 0.55;
    cursor: default;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
`;
