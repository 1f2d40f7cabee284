import type { PanelTexts } from './en-panels.ts';

/** Der Bereich mit den Personen. */
export const people: PanelTexts['people'] = {
  inCall: 'Im Anruf',
  options: (name) => `Optionen für ${name}`,
  you: (name) => `${name} (Sie)`,
  makeHost: 'Zum Gastgeber machen',
  makeHostHint: 'Darf Personen hereinlassen und entfernen und den Anruf beenden.',
  makeGuest: 'Zum Gast machen',
  makeGuestHint: 'Bleibt im Anruf.',
  makeMeGuest: 'Kein Gastgeber mehr sein',
  makeMeGuestHint: 'Sie bleiben im Anruf, als Gast.',
  remove: 'Aus dem Meeting entfernen',
  saving: 'Einen Moment …',
};
