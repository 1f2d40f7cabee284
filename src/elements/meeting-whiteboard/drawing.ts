import type { Rect2 } from 'js-draw';
import {
  AbstractComponent,
  type Editor,
  EditorEventType,
  Erase,
  ImageComponent,
  Mat33,
  PanZoomMode,
  PanZoomTool,
  PasteHandler,
  SelectionTool,
  SoundUITool,
  ToolbarShortcutHandler,
  ToolSwitcherShortcut,
  UndoRedoShortcut,
  Vec2,
  Viewport,
} from 'js-draw';
import type { BoardChange, BoardItem } from '../../core/board-state.ts';
import { toPng, toSvg } from './export-drawing.ts';
import { listeningUntil } from './listening-until.ts';
import type { Picture } from './pictures.ts';
import { placePictures } from './place-pictures.ts';
import { PlainIcons } from './plain-icons.ts';
import { StrictEditor } from './strict-editor.ts';
import { useTool } from './use-tool.ts';
import { type Ink, isSafe, MARGIN, type Point, type Tool } from './whiteboard.model.ts';

export interface DrawingPorts {
  /** The person changed something. */
  edited(changes: readonly BoardChange[]): void;
  /** What is in sight is another part than before. */
  moved(): void;
}

/** An item as it was last written or read. */
interface Known {
  readonly component: AbstractComponent;
  readonly at: number;
  readonly zIndex: number;
}

/** The drawing itself, by js-draw: shows items, and tells of those that a person's tools change. */
export class Drawing {
  readonly #editor: Editor;
  readonly #ports: DrawingPorts;
  readonly #life = new AbortController();
  readonly #known = new Map<string, Known>();
  /** By their ids: what is neither selected nor erased. */
  readonly #fixed = new Set<string>();
  #isComparing = false;

  constructor(parent: HTMLElement, label: string, ports: DrawingPorts) {
    this.#ports = ports;
    this.#editor = listeningUntil(
      this.#life.signal,
      () =>
        new StrictEditor(parent, {
          wheelEventsEnabled: true,
          ...{ minZoom: 0.05, maxZoom: 20 },
          iconProvider: new PlainIcons(),
          localization: { accessibilityInputInstructions: label },
        }),
    );
    // What changes is told by us, in the room's language.
    this.#editor.announceForAccessibility = () => undefined;
    // The paper has no end, so no frame around what would be exported.
    const rerender = this.#editor.rerender.bind(this.#editor);
    this.#editor.rerender = () => rerender(false);
    const { toolController: tools, notifier } = this.#editor;
    for (const kind of [
      ...[SoundUITool, UndoRedoShortcut, ToolbarShortcutHandler],
      ...[ToolSwitcherShortcut, PasteHandler],
    ]) {
      tools.removeAndDestroyTools(tools.getMatchingTools<InstanceType<typeof kind>>(kind));
    }
    notifier.on(EditorEventType.CommandDone, () => this.#compareSoon());
    notifier.on(EditorEventType.ViewportChanged, () => ports.moved());
  }

  /** Where keys and pointers go. */
  get area(): HTMLElement | null {
    return this.#editor.getRootElement().querySelector('.imageEditorRenderArea');
  }

  get hasSelection(): boolean {
    return this.#selection.getSelectedObjects().length > 0;
  }

  /** Shows items as they are now. */
  apply(changes: readonly BoardChange[]): void {
    const gone = new Set(changes.map(({ id }) => id));
    if (this.#selection.getSelectedObjects().some((one) => gone.has(one.getId()))) {
      this.#selection.clearSelection();
    }
    for (const { id, item } of changes) {
      const old = this.#known.get(id)?.component ?? this.#editor.image.lookupElement(id);
      if (old) new Erase([old]).apply(this.#editor);
      this.#known.delete(id);
      if (item) this.#add(id, item);
    }
  }

  use(tool: Tool, ink: Ink): void {
    useTool(this.#editor.toolController, tool, ink);
  }

  /** With a pen at hand, a finger moves the paper, and a palm draws nothing. */
  fingersPan(): void {
    for (const tool of this.#editor.toolController.getMatchingTools(PanZoomTool)) {
      if (tool.getMode() & PanZoomMode.TwoFingerTouchGestures) {
        tool.setModeEnabled(PanZoomMode.OneFingerTouchGestures, true);
      }
    }
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#editor.setReadOnly(isReadOnly);
  }

  deselect(): void {
    this.#selection.clearSelection();
  }

  removeSelection(): void {
    const selected = this.#selection.getSelectedObjects();
    this.#selection.clearSelection();
    if (selected.length > 0) void this.#editor.dispatch(new Erase(selected));
  }

  zoom(factor: number): void {
    const { viewport } = this.#editor;
    const middle = viewport.visibleRect.center;
    this.#move(Mat33.scaling2D(factor, middle));
  }

  /** Moves what is in sight, in pixels. */
  pan({ x, y }: Point): void {
    const scale = this.#editor.viewport.getScaleFactor();
    this.#move(Mat33.translation(Vec2.of(-x / scale, -y / scale)));
  }

  /** Brings all that is drawn into sight. */
  fit(): void {
    const { viewport } = this.#editor;
    // Before it is laid out, there is nothing to fit into.
    if (viewport.visibleRect.area === 0) return;
    const all = this.#extent();
    if (all) void this.#editor.dispatch(viewport.zoomTo(all.grownBy(MARGIN)), false);
    else viewport.resetTransform(Mat33.identity);
  }

  /** Puts pictures where one looks. @param isFixed Whether they stay there. */
  async addPictures(pictures: readonly Picture[], isFixed: boolean): Promise<void> {
    const placed = await placePictures(this.#editor, pictures, this.#components());
    for (const picture of placed) {
      if (isFixed) this.#fix(picture);
      await this.#editor.dispatch(this.#editor.image.addComponent(picture));
    }
  }

  /** Whether something lies there that can't be selected. */
  get hasFixed(): boolean {
    return [...this.#known.keys()].some((id) => this.#fixed.has(id));
  }

  removeFixed(): void {
    const fixed = this.#components().filter((one) => this.#fixed.has(one.getId()));
    if (fixed.length > 0) void this.#editor.dispatch(new Erase(fixed));
  }

  /** All that is drawn, on white. */
  svg(): string {
    return toSvg(this.#editor, this.#extent());
  }

  /** The same as a PNG. */
  png(): Promise<Blob> {
    return toPng(this.#editor, this.#extent());
  }

  toScreen({ x, y }: Point): Point {
    return this.#editor.viewport.canvasToScreen(Vec2.of(x, y));
  }

  toPaper({ x, y }: Point): Point {
    return this.#editor.viewport.screenToCanvas(Vec2.of(x, y));
  }

  get scale(): number {
    return this.#editor.viewport.getScaleFactor();
  }

  dispose(): void {
    this.#life.abort();
    this.#editor.remove();
  }

  get #selection(): SelectionTool {
    const [tool] = this.#editor.toolController.getMatchingTools(SelectionTool);
    if (!tool) throw new Error('js-draw came without its selection tool.');
    return tool;
  }

  #components(): AbstractComponent[] {
    return this.#editor.image.getAllComponents().filter((one) => !one.isBackground());
  }

  #add(id: string, item: BoardItem): void {
    if (!isSafe(item)) return;
    let component: AbstractComponent;
    try {
      component = AbstractComponent.deserialize({ ...item, id, loadSaveData: {} });
    } catch {
      // Made by a page that knows more, or to do harm: not shown, and left where it is.
      return;
    }
    if (item['fixed'] === true) this.#fix(component);
    void this.#editor.image.addComponent(component).apply(this.#editor);
    this.#known.set(id, known(component));
    // A picture is there a moment later.
    if (component instanceof ImageComponent) {
      const image = new Image();
      image.src = component.getURL();
      void image.decode().then(
        () => this.#editor.image.queueRerenderOf(component),
        () => undefined,
      );
    }
  }

  #fix(component: AbstractComponent): void {
    this.#fixed.add(component.getId());
    // Whatever js-draw selects or erases asks this first.
    component.isSelectable = () => false;
  }

  #compareSoon(): void {
    if (this.#isComparing) return;
    this.#isComparing = true;
    queueMicrotask(() => {
      this.#isComparing = false;
      this.#compare();
    });
  }

  /** Tells what is other than what is known. */
  #compare(): void {
    const changes: BoardChange[] = [];
    const gone = new Set(this.#known.keys());
    for (const component of this.#components()) {
      const id = component.getId();
      const before = this.#known.get(id);
      gone.delete(id);
      if (before && isAsBefore(before, component)) continue;
      this.#part(component);
      this.#known.set(id, known(component));
      const { name, zIndex, data } = component.serialize();
      const fixed = this.#fixed.has(id) && { fixed: true };
      changes.push({ id, item: { name, zIndex, data, ...fixed } });
    }
    for (const id of gone) {
      this.#known.delete(id);
      changes.push({ id });
    }
    if (changes.length > 0) this.#ports.edited(changes);
  }

  /**
   * Two who draw at once take the same height, and which is above would hang on who is asked. A part
   * of the number by chance keeps them apart, the same for all.
   */
  #part(component: AbstractComponent): void {
    const height = component.getZIndex();
    if (!Number.isInteger(height)) return;
    void component.setZIndex(height + Math.random() * 0.9).apply(this.#editor);
  }

  #move(by: Mat33): void {
    void this.#editor.dispatch(Viewport.transformBy(by), false);
  }

  #extent(): Rect2 | undefined {
    const [first, ...others] = this.#components().map((one) => one.getExactBBox());
    return first && others.reduce((sum, one) => sum.union(one), first);
  }
}

/** js-draw notes in this when a component was last moved or restyled. */
const known = (component: AbstractComponent): Known => ({
  component,
  at: (component as unknown as { lastChangedTime: number }).lastChangedTime,
  zIndex: component.getZIndex(),
});

const isAsBefore = (before: Known, component: AbstractComponent): boolean => {
  const now = known(component);
  return before.at === now.at && before.zIndex === now.zIndex;
};
