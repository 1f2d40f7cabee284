import { css } from 'lit';

/**
 * What js-draw needs of its own style sheet, which is a file of its own that not every bundler can
 * take into a shadow root, and most of it for a toolbar that is not ours. The paper is white in every
 * theme: a colour that one chooses is the colour that all see, and that is exported.
 */
export const drawingStyles = css`
  .imageEditorContainer {
    --background-color-1: white;
    --foreground-color-1: black;
    --background-color-2: #f5f5f5;
    --foreground-color-2: #2c303a;
    --background-color-3: #e5e5e5;
    --foreground-color-3: #1c202a;
    --selection-background-color: #cbdaf1;
    --selection-foreground-color: #2c303a;
    --background-color-transparent: rgb(105 100 100 / 0.5);
    --shadow-color: rgb(0 0 0 / 0.5);
    --primary-action-foreground-color: #1155bb;
    --icon-color: black;
    display: flex;
    flex-direction: column-reverse;
    block-size: 100%;
    inline-size: 100%;
    color: black;
    color-scheme: light;
    direction: ltr;
  }

  .imageEditorRenderArea {
    display: grid;
    grid-template-columns: 1fr;
    flex: 1;
    min-block-size: 0;
    min-inline-size: 0;
    inline-size: 100%;
    outline: none;
  }

  .imageEditorRenderArea canvas {
    grid-area: 1 / 1;
    inline-size: 100%;
    block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    touch-action: none;
    user-select: none;
  }

  .loadingMessage,
  .find-tool-overlay,
  .js-draw-sound-ui-toggle {
    display: none !important;
  }

  .accessibilityAnnouncement,
  .textRendererOutputContainer {
    inline-size: 0;
    block-size: 0;
    overflow: hidden;
    opacity: 0;
    pointer-events: none;
  }

  .anchored-element-overlay {
    block-size: 0;
    overflow: visible;
  }

  .anchored-element-overlay > .content-wrapper {
    position: relative;
    inline-size: var(--editor-current-display-width-px);
    block-size: var(--editor-current-display-height-px);
    overflow: hidden;
    pointer-events: none;
  }

  .anchored-element-overlay > .content-wrapper > .content {
    position: absolute;
    left: var(--position-x);
    top: var(--position-y);
    margin: 0;
    transform: scale(var(--scale)) rotate(var(--rotation));
    transform-origin: left top;
    pointer-events: all;
  }

  .anchored-element-overlay textarea {
    min-inline-size: 100px;
    min-block-size: 1.1em;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 0;
    outline: 1px dashed #1155bb;
    background: none;
    white-space: pre;
    resize: none;
  }

  .ScrollbarTool-overlay {
    display: none;
  }

  .overlay.handleOverlay {
    touch-action: none;
  }

  .overlay.handleOverlay,
  .overlay.handleOverlay .selection-tool-selection-outer-container {
    block-size: 0;
    overflow: visible;
  }

  .selection-tool-selection-inner-container {
    inline-size: var(--editor-current-display-width-px);
    block-size: var(--editor-current-display-height-px);
    overflow: hidden;
    pointer-events: none;
  }

  .selection-tool-selection-inner-container > * {
    pointer-events: all;
  }

  .selection-tool-selection-inner-container.-empty {
    display: none;
  }

  .-hide-handles .selection-tool-handle {
    display: none;
  }

  .selection-tool-selection-background {
    overflow: visible;
    background-color: var(--selection-background-color);
    opacity: 0.5;
  }

  .selection-tool-handle {
    --max-size: 17px;
    position: absolute;
    display: flex;
    align-items: center;
    justify-content: center;
  }

  .selection-tool-content {
    display: flex;
    align-items: center;
    justify-content: center;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: var(--max-size);
    max-block-size: var(--max-size);
    padding: 3px;
    border: 1px solid black;
    background: white;
  }

  .selection-tool-content svg {
    inline-size: 100%;
    block-size: 100%;
  }

  .selection-tool-circle .selection-tool-content {
    border-radius: 50%;
  }

  .selection-tool-handle.selection-tool-rotate {
    --max-size: 28px;
    cursor: grab;
  }

  .selection-tool-resize-x {
    cursor: ew-resize;
  }

  .selection-tool-resize-y {
    cursor: ns-resize;
  }

  .selection-tool-resize-xy {
    cursor: nwse-resize;
  }

  /* Its menu is in our toolbar. */
  .selection-tool-selection-menu {
    display: none;
  }
`;
