import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../locales/en.ts';
import { iconChevronLeft, iconChevronRight } from '../icons.generated.ts';

/** The bar that turns pages. */
export function renderPages(
  grid: Texts['grid'],
  page: number,
  pages: number,
  turn: (step: 1 | -1) => void,
): TemplateResult {
  const button = (label: string, step: 1 | -1, icon: TemplateResult): TemplateResult =>
    html`<button
      type="button"
      aria-label=${label}
      aria-disabled=${page + step < 0 || page + step >= pages ? 'true' : nothing}
      @click=${() => turn(step)}
    >
      ${icon}
    </button>`;
  return html`<div class="pages">
    ${button(grid.previousPage, -1, iconChevronLeft())}
    <span role="status">${grid.page(page + 1, pages)}</span>
    ${button(grid.nextPage, 1, iconChevronRight())}
  </div>`;
}
