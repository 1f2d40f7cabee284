import type { Participant, Role } from '../protocol/participant.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants to make somebody a host, or a guest again. */
export class RoleSetRequestEvent extends RequestEvent {
  readonly participant: Participant;
  /** What they are to be. */
  readonly role: Role;

  constructor(participant: Participant, role: Role, init?: EventInit) {
    super('role-set-request', init);
    this.participant = participant;
    this.role = role;
  }

  protected override copy(init: EventInit): RoleSetRequestEvent {
    return new RoleSetRequestEvent(this.participant, this.role, init);
  }
}
