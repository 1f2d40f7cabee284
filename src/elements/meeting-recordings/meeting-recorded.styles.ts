import { css } from 'lit';

export const styles = css`
  /* The badge that it is shown with lets clicks through. */
  :host {
    pointer-events: auto;
  }

  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    max-block-size: calc(100vh - 32px);
    padding: 24px;
    outline: none;
    overflow: auto;
    overflow-wrap: anywhere;
  }

  h2 {
    margin: 0 0 8px;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.25;
  }

  p {
    margin: 0 0 20px;
    color: var(--_quiet);
  }

  .trouble {
    color: var(--_warning);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }

  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;
