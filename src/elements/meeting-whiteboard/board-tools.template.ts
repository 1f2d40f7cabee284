import { html, nothing, type TemplateResult } from 'lit';
import type { PanelTexts } from '../../locales/en-panels.ts';
import {
  iconCircle,
  iconEraser,
  iconFileMinus,
  iconFileText,
  iconHand,
  iconHighlighter,
  iconImagePlus,
  iconMaximize,
  iconMousePointer2,
  iconMoveUpRight,
  iconPencil,
  iconRedo2,
  iconSlash,
  iconSquare,
  iconTrash2,
  iconType,
  iconUndo2,
  iconZoomIn,
  iconZoomOut,
} from '../whiteboard-icons.generated.ts';
import {
  type ColorName,
  COLORS,
  type Ink,
  keyOf,
  type Tool,
  TOOLS,
  type WidthName,
  WIDTHS,
} from './whiteboard.model.ts';

const ICONS: Readonly<Record<Tool, () => TemplateResult>> = {
  select: iconMousePointer2,
  pen: iconPencil,
  marker: iconHighlighter,
  eraser: iconEraser,
  line: iconSlash,
  arrow: iconMoveUpRight,
  rectangle: iconSquare,
  ellipse: iconCircle,
  text: iconType,
  hand: iconHand,
};

export interface ToolsView {
  readonly texts: PanelTexts['whiteboard'];
  readonly tool: Tool;
  readonly ink: Ink;
  readonly isReadOnly: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  choose(tool: Tool): void;
  paint(ink: Partial<Ink>): void;
  undo(): void;
  redo(): void;
  remove(): void;
  pickPicture(): void;
  pickPages(): void;
  /** Where there are some. */
  removePages: (() => void) | undefined;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

/** What stands in the toolbar. Its buttons are walked by arrow keys. */
export function renderTools(view: ToolsView): TemplateResult {
  const { texts, isReadOnly, canUndo, canRedo } = view;
  return html`${isReadOnly ? nothing : renderPens(view)}
    <div class="group" role="group">
      ${
        isReadOnly
          ? nothing
          : act(texts.remove, iconTrash2, view.remove, {
              ...{ off: view.tool !== 'select', keys: 'Delete' },
            })
      }
      ${act(texts.zoomOut, iconZoomOut, view.zoomOut, { keys: '-' })}
      ${act(texts.fit, iconMaximize, view.fit, { keys: 'Home' })}
      ${act(texts.zoomIn, iconZoomIn, view.zoomIn, { keys: '+' })}
    </div>
    ${
      isReadOnly
        ? nothing
        : html`<div class="group steps" role="group">
            ${act(texts.undo, iconUndo2, view.undo, { off: !canUndo, keys: 'Control+Z' })}
            ${act(texts.redo, iconRedo2, view.redo, { off: !canRedo, keys: 'Control+Shift+Z' })}
          </div>`
    }`;
}

function renderPens(view: ToolsView): TemplateResult {
  const { texts, tool, ink, choose, paint } = view;
  return html`<div class="group" role="group">
      ${TOOLS.map(
        (one) =>
          html`<button
            class="tool"
            part="whiteboard-tool"
            type="button"
            aria-label=${texts.tools[one]}
            title="${texts.tools[one]} (${keyOf(one)})"
            aria-pressed=${String(one === tool)}
            aria-keyshortcuts=${keyOf(one)}
            @click=${() => choose(one)}
          >
            ${ICONS[one]()}
          </button>`,
      )}
      ${act(texts.picture, iconImagePlus, view.pickPicture)}
      ${act(texts.pdf, iconFileText, view.pickPages)}
      ${view.removePages ? act(texts.pdfRemove, iconFileMinus, view.removePages) : nothing}
    </div>
    <div class="group" role="group">
      ${(Object.keys(COLORS) as ColorName[]).map(
        (name) =>
          html`<button
            class="tool color ${name}"
            type="button"
            aria-label=${texts.colors[name]}
            title=${texts.colors[name]}
            aria-pressed=${String(COLORS[name] === ink.color)}
            @click=${() => paint({ color: COLORS[name] })}
          >
            <i></i>
          </button>`,
      )}
      <input
        class="tool own"
        type="color"
        aria-label=${texts.ownColor}
        title=${texts.ownColor}
        .value=${ink.color}
        @input=${({ target }: Event) => paint({ color: (target as HTMLInputElement).value })}
      />
    </div>
    <div class="group" role="group">
      ${(Object.keys(WIDTHS) as WidthName[]).map(
        (name) =>
          html`<button
            class="tool width ${name}"
            type="button"
            aria-label=${texts.widths[name]}
            title=${texts.widths[name]}
            aria-pressed=${String(WIDTHS[name] === ink.width)}
            @click=${() => paint({ width: WIDTHS[name] })}
          >
            <i></i>
          </button>`,
      )}
    </div>`;
}

const act = (
  label: string,
  icon: () => TemplateResult,
  run: () => void,
  { off = false, keys }: { off?: boolean; keys?: string } = {},
): TemplateResult =>
  html`<button
    class="tool"
    type="button"
    aria-label=${label}
    title=${label}
    aria-disabled=${off ? 'true' : nothing}
    aria-keyshortcuts=${keys ?? nothing}
    @click=${() => (off ? undefined : run())}
  >
    ${icon()}
  </button>`;
