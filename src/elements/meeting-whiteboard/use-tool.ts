import {
  Color4,
  EraserTool,
  makeArrowBuilder,
  makeFreehandLineBuilder,
  makeLineBuilder,
  makeOutlinedRectangleBuilder,
  makePressureSensitiveFreehandLineBuilder,
  PanZoomMode,
  PanZoomTool,
  PenTool,
  SelectionTool,
  TextTool,
  type ToolController,
} from 'js-draw';
import { makeEllipseBuilder } from './ellipse.ts';
import { type Ink, MARKER_WIDTH, type Tool } from './whiteboard.model.ts';

/** The size of what is typed, as many times the width of a line. */
const TEXT_SIZE = 6;
const BUILDERS = {
  pen: makePressureSensitiveFreehandLineBuilder,
  marker: makeFreehandLineBuilder,
  line: makeLineBuilder,
  arrow: makeArrowBuilder,
  rectangle: makeOutlinedRectangleBuilder,
  ellipse: makeEllipseBuilder,
} as const;
type Inking = keyof typeof BUILDERS;

const isInking = (tool: Tool): tool is Inking => Object.hasOwn(BUILDERS, tool);

/** Has js-draw do with a pointer what our tool is for. */
export function useTool(tools: ToolController, tool: Tool, ink: Ink): void {
  if (isInking(tool)) return ready(tools, tool, ink);
  const { color, width } = ink;
  switch (tool) {
    case 'eraser': {
      const [eraser] = tools.getMatchingTools(EraserTool);
      eraser?.setThickness(Math.max(width * 4, 12));
      eraser?.setEnabled(true);
      return;
    }
    case 'text': {
      const [text] = tools.getMatchingTools(TextTool);
      text?.setColor(Color4.fromString(color));
      text?.setFontSize(width * TEXT_SIZE);
      text?.setEnabled(true);
      return;
    }
    case 'select':
      tools.getMatchingTools(SelectionTool)[0]?.setEnabled(true);
      return;
    case 'hand':
      tools
        .getMatchingTools(PanZoomTool)
        .find((one) => one.getMode() === PanZoomMode.SinglePointerGestures)
        ?.setEnabled(true);
  }
}

function ready(tools: ToolController, tool: Inking, { color, width }: Ink): void {
  const [pen] = tools.getMatchingTools(PenTool);
  const ink = Color4.fromString(color);
  const isMarker = tool === 'marker';
  pen?.setStrokeFactory(BUILDERS[tool]);
  // What lies below a marker is seen through it.
  pen?.setColor(isMarker ? Color4.ofRGBA(ink.r, ink.g, ink.b, 0.4) : ink);
  pen?.setThickness(isMarker ? width * MARKER_WIDTH : width);
  pen?.setEnabled(true);
}
