import { html, nothing, type TemplateResult } from 'lit';
import type { AccessState, ConnectionState, DevicesState, Store } from '../../core/state.ts';
import { complete } from '../../locales/complete.ts';
import type { Texts } from '../../locales/en.ts';
import type { RoomLocale } from '../../locales/locale.ts';
import { MAX_KNOCK_MESSAGE_LENGTH } from '../../protocol/limits.ts';
import type { MeetingError } from '../../protocol/meeting-error.ts';
import { isOn } from '../shared/device-button.ts';
import { explain } from '../shared/errors.model.ts';
import { type Refusal, refusalText } from '../shared/refusal.ts';
import { renderHelp } from './trouble.ts';

/** What the lower half of the join screen shows. */
export interface DoorView {
  readonly connection: ConnectionState;
  readonly devices: DevicesState;
  readonly locale: RoomLocale;
  /** How far one gets, as last known. */
  readonly known: (AccessState & { phase: 'known' }) | undefined;
  /** A place is kept for what is shown where one must knock. */
  readonly kept: boolean;
  /** Going in, or somebody is asked whether that may be. */
  readonly working: boolean;
  /** It takes long to find out how far one gets. */
  readonly slow: boolean;
  readonly refusal: Refusal | undefined;
  readonly store: Store;
}

/** All below the name: by which button one goes on, with what, and what stands in the way. */
export function renderDoor(view: DoorView): TemplateResult {
  const { connection, known, refusal } = view;
  const { texts } = complete(view.locale);
  const error = connection.phase === 'idle' ? connection.error : undefined;
  const isFull = error?.code === 'too-many-stays';
  const isHere = known?.here === true && known.access !== 'knock';
  const why = refusalText(refusal, texts);
  return html`${known?.recording ? renderRecorded(known.recording.consent, texts) : nothing}
  ${known?.key ? renderKey(known.key, known.access === 'knock', texts) : nothing}
  ${isHere || isFull ? renderHere(view, isFull, texts) : renderWay(view, texts)}
  ${error && !isFull && error.code !== known?.key?.code ? renderProblem(error, texts) : nothing}
  ${why === undefined ? nothing : html`<p class="problem" role="alert">${why}</p>`}
  ${renderHelp(view.devices, texts, view.store)}`;
}

/** Join, or Knock with a line to the hosts and, with their own will, their picture. */
function renderWay(view: DoorView, { door, lobby }: Texts): TemplateResult {
  const { known, kept, working, slow } = view;
  const knocks = known?.access === 'knock';
  const [words, doing] = knocks ? [lobby.knock, lobby.knocking] : [lobby.join, lobby.joining];
  const keeps = kept ? 'kept' : '';
  const shown = knocks || kept;
  return html`${
      shown
        ? html`<label class="message ${keeps}">
              ${door.message}
              <input name="message" autocomplete="off" maxlength=${MAX_KNOCK_MESSAGE_LENGTH} />
            </label>
            ${renderShowMe(isOn(view.devices.camera), keeps, door)}`
        : nothing
    }
    <button
      class="button primary join ${slow ? 'checking' : ''}"
      part="join-button"
      aria-disabled=${working || slow ? 'true' : nothing}
      aria-describedby=${knocks ? 'hint' : nothing}
    >
      ${working ? doing : words}
    </button>
    ${shown ? html`<p class="hint ${keeps}" id="hint">${door.hint}</p>` : nothing}`;
}

/**
 * Off until the person says so: the camera of a join screen starts by itself, as a mirror, and
 * nobody has agreed to be looked at by that.
 */
function renderShowMe(on: boolean, keeps: string, door: Texts['door']): TemplateResult {
  return html`<label class="show-me ${keeps}">
    <input type="checkbox" name="camera" ?disabled=${!on} />
    <span>${on ? door.showMe : door.cannotShow}</span>
  </label>`;
}

/** In the call already, in another window: go on with that stay here, or come in beside it. */
function renderHere(
  { working }: DoorView,
  isFull: boolean,
  { door, errors, lobby }: Texts,
): TemplateResult {
  const { title, text } = isFull ? errors.tooManyStays : door.here;
  const disabled = working ? 'true' : nothing;
  return html`<div class="problem" role="status" id="here">
      <strong>${title}</strong><span>${text}</span>
    </div>
    <button
      class="button primary join"
      part="join-button"
      name="again"
      value="take-over"
      aria-disabled=${disabled}
      aria-describedby="here"
    >
      ${working ? lobby.joining : door.takeOver}
    </button>
    ${
      isFull
        ? nothing
        : html`<button
            class="button beside"
            part="beside-button"
            name="again"
            value="beside"
            aria-disabled=${disabled}
          >
            ${door.beside}
          </button>`
    }`;
}

/** Before one is in it: nobody is recorded unawares. */
function renderRecorded(consent: 'tell' | 'ask', { door }: Texts): TemplateResult {
  return html`<p class="help recorded" role="status">${door.recorded[consent]}</p>`;
}

/** The invitation that one came with opens nothing any more: what does is below. */
function renderKey({ code }: MeetingError, knocks: boolean, texts: Texts): TemplateResult {
  const { title } = explain(code, texts);
  return html`<p class="problem" role="status">
    <strong>${title}</strong>
    <span>${knocks ? texts.door.keyKnock : texts.door.keyJoin}</span>
  </p>`;
}

function renderProblem({ code, reason }: MeetingError, texts: Texts): TemplateResult {
  const { title, text } = explain(code, texts);
  return html`<p class="problem" role="alert">
    <strong>${title}</strong><span>${reason ?? text}</span>
  </p>`;
}
