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

  meeting-recording-badge {
    position: absolute;
    inset-block-start: 24px;
    inset-inline-start: 24px;
    z-index: 3;
    max-inline-size: calc(100% - 48px);
    pointer-events: none;
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

  /* Shared content: the people are a strip beside it, and the bar stays where it is. */
  .stage-panel {
    position: relative;
  }

  .stage-panel meeting-panel {
    position: absolute;
    inset: 8px 232px 80px 8px;
    inline-size: auto;
    overflow: hidden;
    border-radius: var(--_radius);
  }

  .stage-panel meeting-panel:dir(rtl) {
    inset: 8px 8px 80px 232px;
  }

  .stage-panel meeting-grid {
    inline-size: 208px;
    margin: 8px 12px 0 auto;
    margin-inline: auto 12px;
  }

  @container meeting (max-width: 900px) {
    .stage-panel meeting-panel,
    .stage-panel meeting-panel:dir(rtl) {
      inset: 116px 8px 80px;
    }

    .stage-panel meeting-grid {
      flex: none;
      inline-size: auto;
      block-size: 104px;
      margin: 8px;
    }

    .stage-panel meeting-controls {
      margin-block-start: auto;
    }
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
    .beside meeting-panel,
    .beside.stage-panel meeting-panel:dir(rtl),
    .beside.stage-panel meeting-panel {
      position: absolute;
      inset: 0;
      z-index: 1;
      inline-size: auto;
      border-radius: 0;
    }

    .beside .stage {
      visibility: hidden;
    }

    /* In the sheet's header, between title and close. */
    .beside meeting-recording-badge {
      --_recording-who: none;
      inset-block-start: 14px;
      inset-inline: 0;
      inline-size: fit-content;
      max-inline-size: none;
      margin-inline: auto;
      visibility: visible;
    }

    .beside meeting-knocks,
    .beside meeting-notice {
      visibility: visible;
    }
  }
`;
