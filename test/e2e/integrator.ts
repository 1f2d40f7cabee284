import type { MeetingServerOptions } from 'livekit-meeting-room/server';

type Before = NonNullable<NonNullable<MeetingServerOptions['hooks']>['before']>;

/** An act that the integrator does not want: on or by somebody of this name. */
export interface Ban {
  stem: string;
  name: string;
  /** What whoever asked is shown. */
  reason: string;
}

/** The integrator's hook `before`, which forbids by a list. */
export function forbidding(bans: readonly Ban[]): Before {
  return ({ stem, by, target }) => {
    const name = target?.name ?? ('name' in by ? by.name : undefined);
    const ban = bans.find((each) => each.stem === stem && each.name === name);
    return ban && { forbid: ban.reason };
  };
}

/** The integrator's own session, as their site set it: `portal=<access>.<who>`. */
export const authorizeByCookie: NonNullable<MeetingServerOptions['authorize']> = (request) => {
  const cookie = /(?:^|; )portal=(knock|always|host)\.(\w+)/.exec(
    request.headers.get('cookie') ?? '',
  );
  if (!cookie) return undefined;
  const [, access, sub] = cookie as unknown as [string, 'knock' | 'always' | 'host', string];
  return { sub, name: sub, access };
};
