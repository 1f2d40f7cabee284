import { html, type TemplateResult } from 'lit';
import type { settings } from '../../locales/en-settings.ts';
import { LANGUAGE_CODES } from '../../locales/load.ts';
import { nameOfLanguage } from './room-settings.model.ts';

/** How this room speaks and looks on this page: attributes of the shell, which the page may set, too. */
export function renderLook(
  words: (typeof settings)['look'],
  spoken: string,
  shell: HTMLElement | undefined,
): TemplateResult {
  const speak = (event: Event): void => {
    if (shell) shell.lang = (event.target as HTMLSelectElement).value;
  };
  return html`<div class="rows">
    <label class="field">
      ${words.language}
      <select name="language" @change=${speak}>
        ${LANGUAGE_CODES.map(
          (code) =>
            html`<option value=${code} lang=${code} ?selected=${code === spoken}>
              ${nameOfLanguage(code)}
            </option>`,
        )}
      </select>
    </label>
    ${renderChoice(shell, 'theme', words.theme, words.themes)}
    ${renderChoice(shell, 'layout', words.layout, words.layouts)}
  </div>`;
}

/** The first of the choices is what a shell without the attribute has. */
function renderChoice(
  shell: HTMLElement | undefined,
  attribute: 'theme' | 'layout',
  title: string,
  choices: Readonly<Record<string, string>>,
): TemplateResult {
  const chosen = shell?.getAttribute(attribute) ?? Object.keys(choices)[0];
  return html`<fieldset>
    <legend>${title}</legend>
    ${Object.entries(choices).map(
      ([value, name]) =>
        html`<label class="radio">
          <input
            type="radio"
            name=${attribute}
            .value=${value}
            .checked=${value === chosen}
            @change=${() => shell?.setAttribute(attribute, value)}
          />
          ${name}
        </label>`,
    )}
  </fieldset>`;
}
