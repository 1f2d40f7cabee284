import type { RoomContext } from '../../controllers/room-context.ts';
import type { Store } from '../../core/state.ts';
import type { Participant } from '../../protocol/participant.ts';

/** What the box to write in needs of its room. */
export interface ComposeView {
  readonly store: Store;
  readonly self: string | undefined;
  /** Who is in the call, as one text: the list is made anew only when it says something else. */
  readonly people: string;
  readonly typing: string;
}

export function composeView({ store }: RoomContext): ComposeView {
  const people = store.roster.value.flatMap((identity) => {
    const row = store.participant(identity).value;
    return row && !row.self && row.kind === 'person' ? [toParticipant(row)] : [];
  });
  return {
    store,
    self: store.me.value?.person,
    people: JSON.stringify(people),
    typing: JSON.stringify(
      store.typing.value.flatMap((typist) => {
        const name = store.participant(typist.identity).value?.name;
        return name === undefined ? [] : [{ name, private: typist.private }];
      }),
    ),
  };
}

/** Somebody who writes now. */
export interface Writing {
  readonly name: string;
  readonly private: boolean;
}

const toParticipant = ({ identity, name, role, person }: Participant): Participant => ({
  identity,
  name,
  role,
  person,
});
