import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }

  meeting-messages {
    flex: 1;
    min-block-size: 0;
  }

  meeting-compose {
    flex: none;
  }
`;
