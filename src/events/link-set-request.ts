import type { LinkAccess } from '../protocol/invitation.ts';
import type { Answer } from '../protocol/routes.ts';
import { AnsweredRequestEvent } from './answered-request-event.ts';

/** A host wants the shared private link to open something else, or to have a new key. */
export class LinkSetRequestEvent extends AnsweredRequestEvent<Answer<'link-set'>> {
  readonly access: LinkAccess;
  /** Makes a new key; the old one opens nothing any more. */
  readonly renew: boolean;

  constructor(access: LinkAccess, renew = false, init?: EventInit) {
    super('link-set-request', init);
    this.access = access;
    this.renew = renew;
  }

  protected override copy(init: EventInit): LinkSetRequestEvent {
    return new LinkSetRequestEvent(this.access, this.renew, init);
  }
}
