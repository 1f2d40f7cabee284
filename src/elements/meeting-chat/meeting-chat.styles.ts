import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  meeting-messages {
    flex: 1;
    min-block-size: 0;
  }

  .uploads {
    flex: none;
    max-block-size: 40%;
    overflow: hidden auto;
    border-block-start: 1px solid var(--_line);
  }

  .failed {
    margin: 0;
    padding: 8px 20px 0;
    color: var(--_warning);
    font-size: 13px;
  }

  meeting-compose {
    flex: none;
  }
`;
