import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Exit } from '../../../src/protocol/exit.ts';
import { identity, knocker, person } from '../../fakes/core-fakes.ts';
import { by, common, inCall as inCallWith, tick } from './host-in-call.ts';

const inCall = (knocks = [knocker(5), knocker(4)]) => inCallWith(knocks);
const answered = (state: 'admitted' | 'denied'): MeetingError =>
  new MeetingError('already-decided', 'Too late.', { decision: { state, by } });
const leaves = (seq: number, n: number) => {
  const { joinedAt: _joinedAt, connection: _connection, ...participant } = person(n);
  const left = { ...common, seq, type: 'participant-left' as const };
  return { ...left, participant, reason: 'ended' as const, by };
};

// The room is loaded in parts: real imports first, or faked time would wait for them in vain.
beforeEach(async () => {
  await import('../../../src/core/stay.ts');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('who knocks', () => {
  it('follows snapshot, events and presence, and is told as facts', async () => {
    const { store, sockets, waiting, types } = await inCall();
    expect(waiting()).toEqual(['Person 4', 'Person 5']);
    sockets.last.say({ ...common, seq: 11, type: 'knock-received', knock: knocker(3) });
    expect(waiting()).toEqual(['Person 3', 'Person 4', 'Person 5']);
    const other = knocker(4, { message: 'Please' });
    sockets.last.say({ ...common, seq: 12, type: 'knock-received', knock: other });
    expect(store.knocks.value[1]).toEqual(other);
    sockets.last.say({ type: 'knock-presence', identity: identity(4), present: false });
    sockets.last.say({ type: 'knock-presence', identity: identity(99), present: true });
    expect(store.knocks.value[1]).toEqual({ ...other, present: false });
    sockets.last.say({ ...common, seq: 13, type: 'knock-admitted', knock: knocker(3), by });
    sockets.last.say({ ...common, seq: 14, type: 'knock-denied', knock: knocker(4), by });
    const gone = { knock: knocker(5), reason: 'expired' };
    sockets.last.say({ ...common, seq: 15, type: 'knock-over', ...gone });
    expect(store.knocks.value).toEqual([]);
    expect(types().slice(1)).toEqual([
      'knock-received',
      'knock-received',
      'knock-admitted',
      'knock-denied',
      'knock-over',
    ]);
  });

  it('is forgotten with the stay', async () => {
    const { store, sockets } = await inCall();
    sockets.last.say({ type: 'over', exit: { reason: 'removed', at: 1, next: 'none' } });
    expect(store.knocks.value).toEqual([]);
  });
});

describe('answering a knock', () => {
  it('is pending under its person until the card is gone', async () => {
    const { store, api, sockets, waiting } = await inCall();
    api.on('knock-admit', { seq: 11 });
    const admitting = store.admit(identity(4));
    await tick();
    expect(store.requests.value.get(`knock-admit:${identity(4)}`)).toEqual({ phase: 'pending' });
    sockets.last.say({ ...common, seq: 11, type: 'knock-admitted', knock: knocker(4), by });
    await admitting;
    expect(waiting()).toEqual(['Person 5']);
    expect(store.requests.value.size).toBe(0);
  });

  it('sends the note with a no', async () => {
    const { store, api } = await inCall();
    api.on('knock-deny', { seq: 10 });
    await store.deny(identity(4), { note: 'Later' });
    expect(api.calls.at(-1)).toMatchObject({
      stem: 'knock-deny',
      input: { identity: identity(4), note: 'Later' },
    });
  });

  it('says who was faster', async () => {
    const { store, api } = await inCall();
    api.on('knock-admit', answered('denied'));
    await expect(store.admit(identity(4))).rejects.toMatchObject({
      code: 'already-decided',
      decision: { state: 'denied', by: { name: 'Person 1' } },
    });
  });

  it('lets all in, passes over whom others answered, and tells what else went wrong', async () => {
    const { store, api, types } = await inCall([knocker(4), knocker(5), knocker(6), knocker(7)]);
    const failure = new MeetingError('storage-unreachable', 'No database.');
    api.on('knock-admit', { seq: 10 }, answered('admitted'), failure, { seq: 10 });
    await expect(store.admitAll()).rejects.toBe(failure);
    const asked = api.calls.filter(({ stem }) => stem === 'knock-admit');
    expect(asked.map(({ input }) => input)).toEqual(
      [4, 5, 6, 7].map((n) => ({ identity: identity(n) })),
    );
    expect([...store.requests.value.keys()]).toEqual([`knock-admit:${identity(6)}`]);
    expect(types().filter((type) => type === 'meeting-error')).toHaveLength(1);
  });

  it('is well when all were answered by others', async () => {
    const { store, api, types } = await inCall();
    api.on('knock-admit', answered('admitted'));
    await store.admitAll();
    expect(store.requests.value.size).toBe(0);
    expect(types()).toEqual(['meeting-joined']);
  });
});

describe('ending the call', () => {
  const exit: Exit = { reason: 'ended', at: 5, next: 'enter', by };
  const answer = { seq: 13, settled: true, ended: 3 };

  it('puts this page out, too, and still hears the answer', async () => {
    const { store, api, sockets, types, link } = await inCall();
    let arrive = (): void => {};
    const arrived = new Promise<void>((given) => (arrive = given));
    api.on(
      'call-end',
      arrived.then(() => answer),
    );
    const ending = store.endCall();
    await tick();
    expect(store.requests.value.get('call-end')).toEqual({ phase: 'pending' });
    const { disconnects } = link;
    sockets.last.say({ type: 'over', exit });
    arrive();
    expect(await ending).toEqual(answer);
    expect(api.calls.at(-1)).toMatchObject({ stem: 'call-end', input: {} });
    expect(store.connection.value).toEqual({ phase: 'out', exit });
    expect(link.disconnects).toBe(disconnects + 1);
    expect(types()).toEqual(['meeting-joined', 'meeting-left']);
  });

  it('puts this page out also when its feed is away', async () => {
    const { store, api, sockets } = await inCall();
    sockets.last.drop();
    api.on('call-end', answer);
    api.on('events', new MeetingError('admission-over', 'Over.', { exit }));
    const ending = store.endCall();
    await tick(600);
    expect(await ending).toEqual(answer);
    expect(store.connection.value).toEqual({ phase: 'out', exit });
  });

  it('keeps the host who asks for it, with a roster that is right', async () => {
    const { store, api, sockets, link, types } = await inCall();
    api.on('call-end', { ...answer, ended: 2 });
    const { disconnects } = link;
    const ending = store.endCall({ keepMe: true });
    await tick();
    sockets.last.say({ ...common, seq: 11, type: 'call-ended', keptHost: true, by });
    sockets.last.say(leaves(12, 2));
    expect(store.requests.value.get('call-end')).toEqual({ phase: 'pending' });
    sockets.last.say(leaves(13, 3));
    expect(await ending).toMatchObject({ ended: 2 });
    expect(api.calls.at(-1)).toMatchObject({ input: { keepMe: true } });
    expect(store.roster.value).toEqual([identity(1)]);
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(link.disconnects).toBe(disconnects);
    expect(types().slice(1)).toEqual(['call-ended', 'participant-left', 'participant-left']);
  });

  it('stays in when it is refused', async () => {
    const { store, api } = await inCall();
    api.on('call-end', new MeetingError('not-host', 'No.'));
    await expect(store.endCall()).rejects.toMatchObject({ code: 'not-host' });
    expect(store.connection.value).toEqual({ phase: 'joined' });
    expect(store.requests.value.get('call-end')).toMatchObject({ phase: 'failed' });
  });
});

describe('removing for good', () => {
  it('says so to the server', async () => {
    const { store, api } = await inCall();
    api.on('participant-remove', { seq: 10, settled: true, locked: false });
    await store.removeParticipant(identity(2), { note: 'Bye', block: true });
    expect(api.calls.at(-1)?.input).toEqual({ identity: identity(2), note: 'Bye', block: true });
  });
});

describe('an act of a host', () => {
  const invitation = {
    id: `v_${'0'.repeat(22)}`,
    name: 'Grace',
    access: 'always' as const,
    uses: 0,
    createdAt: 1,
    here: [],
  };

  it('changes a role, pending under whom it concerns', async () => {
    const { store, api, sockets } = await inCall();
    api.on('role-set', { seq: 11 });
    const setting = store.setRole(identity(2), 'host');
    await tick();
    expect(store.requests.value.get(`role-set:${identity(2)}`)).toEqual({ phase: 'pending' });
    const participant = { ...by, identity: identity(2) };
    sockets.last.say({ ...common, seq: 11, type: 'role-changed', participant, by });
    await setting;
    expect(store.participant(identity(2)).value?.role).toBe('host');
    expect(api.calls.at(-1)).toMatchObject({
      stem: 'role-set',
      input: { identity: identity(2), role: 'host' },
    });
    expect(store.requests.value.size).toBe(0);
  });

  it('that fails says why, as state and as fact', async () => {
    const { store, api, types } = await inCall();
    const failure = new MeetingError('last-host', 'No host would be left.');
    api.on('role-set', failure);
    await expect(store.setRole(identity(1), 'guest')).rejects.toBe(failure);
    expect(store.requests.value.get(`role-set:${identity(1)}`)).toEqual({
      phase: 'failed',
      error: failure,
    });
    expect(types().at(-1)).toBe('meeting-error');
  });

  it('invites, and hands the key on', async () => {
    const { store, api } = await inCall();
    const answer = { seq: 10, invitation, key: 'k'.repeat(32) };
    api.on('invitation-create', answer);
    expect(await store.invite({ name: 'Grace', access: 'always' })).toEqual(answer);
    expect(api.calls.at(-1)?.input).toEqual({ name: 'Grace', access: 'always' });
  });

  it('revokes an invitation, with whoever came by it or without', async () => {
    const { store, api, sockets } = await inCall();
    api.on('invitation-revoke', { seq: 10, removed: 1 });
    const { id } = invitation;
    expect(await store.revokeInvitation(id, { remove: true })).toEqual({ seq: 10, removed: 1 });
    expect(api.calls.at(-1)?.input).toEqual({ id, remove: true });
    api.on('invitation-revoke', { seq: 11, removed: 0 });
    const revoking = store.revokeInvitation(id);
    await tick();
    expect(store.requests.value.get(`invitation-revoke:${id}`)).toEqual({ phase: 'pending' });
    sockets.last.say({ ...common, seq: 11, type: 'invitation-revoked', invitation, cause: 'host' });
    await revoking;
    expect(api.calls.at(-1)?.input).toEqual({ id });
  });

  it('sets the link, and makes its key anew when asked to', async () => {
    const { store, api } = await inCall();
    const answer = { seq: 10, access: 'always' as const, key: 'k'.repeat(32) };
    api.on('link-set', answer);
    expect(await store.setLink('always', { renew: true })).toEqual(answer);
    expect(api.calls.at(-1)?.input).toEqual({ access: 'always', renew: true });
    await store.setLink('off');
    expect(api.calls.at(-1)?.input).toEqual({ access: 'off' });
  });

  it('revokes a pass', async () => {
    const { store, api } = await inCall();
    api.on('pass-revoke', { seq: 10 });
    await store.revokePass(identity(7));
    expect(api.calls.at(-1)).toMatchObject({
      stem: 'pass-revoke',
      input: { identity: identity(7) },
    });
  });

  it('reads the activity, from where it is told', async () => {
    const { store, api } = await inCall();
    const page = { events: [], more: true };
    api.on('activity', page);
    expect(await store.activity()).toEqual(page);
    expect(api.calls.at(-1)?.input).toEqual({});
    await store.activity({ before: 40, limit: 20 });
    expect(api.calls.at(-1)?.input).toEqual({ before: '40', limit: '20' });
  });

  it('fetches all of the activity as a file, in its own time', async () => {
    const { store, api } = await inCall();
    api.on('activity-export', new Response('at,type', { headers: { 'content-type': 'text/csv' } }));
    const file = await store.exportActivity('csv');
    expect(await file.text()).toBe('at,type');
    expect(file.type).toBe('text/csv');
    expect(api.calls.at(-1)).toMatchObject({
      input: { format: 'csv' },
      options: { timeout: 60_000 },
    });
  });

  it('says when the file breaks off', async () => {
    const { store, api } = await inCall();
    const broken = new ReadableStream({ start: (body) => body.error(new TypeError('gone')) });
    api.on('activity-export', new Response(broken));
    await expect(store.exportActivity('json')).rejects.toMatchObject({
      code: 'server-unreachable',
    });
    expect(store.requests.value.get('activity-export')).toMatchObject({ phase: 'failed' });
  });
});
