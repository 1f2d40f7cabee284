import { css } from 'lit';

/** The call, and the panel beside it. Fetched with their elements. */
export const stageStyles = css`
  .call {
    display: flex;
  }

  .stage {
    display: flex;
    flex: 1;
    flex-direction: column;
    position: relative;
    min-inline-size: 0;
    background: var(--_stage);
    color-scheme: dark;
    --_surface: var(--meeting-stage-surface, oklch(0.205 0.012 262));
    outline: none;
  }

  meeting-grid {
    flex: 1;
    margin: 12px 12px 0;
  }

  meeting-controls {
    flex: none;
    padding: 12px;
  }

  /* It pushes the stage, which keeps enough for the bar. */
  meeting-panel {
    flex: none;
    inline-size: 0;
  }

  .beside meeting-panel {
    inline-size: clamp(264px, 100cqi - 268px, 360px);
  }

  meeting-notice.above {
    display: contents;
  }

  @container meeting (max-width: 480px) {
    meeting-grid {
      margin: 8px 8px 0;
    }

    meeting-controls {
      padding: 8px;
    }

    /* A sheet over the stage, where nothing below it can be reached; who knocks still can. */
    .beside meeting-panel {
      position: absolute;
      inset: 0;
      z-index: 1;
      inline-size: auto;
    }

    .beside .stage {
      visibility: hidden;
    }

    .beside meeting-knocks,
    .beside meeting-notice {
      visibility: visible;
    }
  }
`;
