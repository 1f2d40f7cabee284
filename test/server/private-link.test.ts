import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

const LOCKED = { code: 'room-locked' };

describe.each(STORAGES)('The key of the private link on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  async function hosted(): Promise<{ room: string; host: Entered }> {
    const room = newRoom();
    return { room, host: await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' }) };
  }

  const link = (
    room: string,
    { session }: Entered,
    access: Input<'link-set'>['access'],
    renew = false,
  ) => rig.call('link-set', room, { access, renew }, session);
  const list = (room: string, { session }: Entered) => rig.call('access-list', room, {}, session);
  const check = (room: string, key: string, visitor = newVisitor()) =>
    rig.call('call-check', room, { visitor, key });

  /** Comes by a key, with no more than that. */
  const come = (room: string, key: string, more: { name?: string; visitor?: string } = {}) =>
    rig.call('call-enter', room, { visitor: newVisitor(), key, ...more });

  it('is made on the way from off, kept, and made anew on demand', async () => {
    const { room, host } = await hosted();
    expect((await list(room, host)).link).toEqual({ access: 'off' });
    const { key = '' } = await link(room, host, 'always');
    expect(await link(room, host, 'host')).not.toHaveProperty('key');
    expect((await come(room, key, { name: 'Gil' })).me.role).toBe('host');
    const renewed = await link(room, host, 'always', true);
    expect(await refusal(check(room, key))).toEqual({ code: 'access-key-invalid' });
    expect((await check(room, renewed.key ?? '')).access).toBe('always');
    expect(await link(room, host, 'off', true)).not.toHaveProperty('key');
    expect(await refusal(check(room, renewed.key ?? ''))).toEqual({ code: 'access-key-invalid' });
    const anew = await link(room, host, 'knock');
    expect(anew.key).not.toBe(renewed.key);
    expect(await dump(rig.storage.db)).not.toContain(anew.key);
    const told = (await rig.events(room, host.session)).filter(
      (event) => event.type === 'link-changed',
    );
    expect(told.map(({ access }) => access)).toEqual(['always', 'host', 'always', 'off', 'knock']);
  });

  it('says nothing new when nothing changes', async () => {
    const { room, host } = await hosted();
    await link(room, host, 'always');
    const { seq } = await rig.room(room);
    expect(await link(room, host, 'always')).toEqual({ seq, access: 'always' });
  });

  it('lets anybody in who has it, as who they are in their browser', async () => {
    const { room, host } = await hosted();
    const { key = '' } = await link(room, host, 'always');
    const [gil, mia] = [
      await come(room, key, { name: 'Gil' }),
      await come(room, key, { name: 'Mia' }),
    ];
    expect(gil.me.person).toMatch(/^visitor_/);
    expect(gil.me.person).not.toBe(mia.me.person);
    expect((await list(room, host)).link).toMatchObject({ lastUsedAt: rig.clock.now() });
    await link(room, host, 'knock');
    expect(await refusal(come(room, key, { name: 'Ann' }))).toEqual(LOCKED);
    expect((await rig.knock(room, { key })).knock.vouched).toBe(false);
    expect((await rig.call('call-resume', room, {}, gil.session)).me).toEqual(gil.me);
  });

  it('abuse 7: leads who was put out no further than to knock, in a private window, too', async () => {
    const { room, host } = await hosted();
    const { key = '' } = await link(room, host, 'always');
    const visitor = newVisitor();
    const gil = await come(room, key, { visitor, name: 'Gil' });
    const { identity } = gil.me;
    const { seq } = await rig.call('participant-remove', room, { identity }, host.session);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'link-changed',
      access: 'knock',
      cause: 'removal',
      by: { name: 'Hanna' },
      seq,
    });
    for (const browser of [visitor, newVisitor()]) {
      expect(await refusal(come(room, key, { visitor: browser, name: 'Lig' }))).toEqual(LOCKED);
      expect((await rig.knock(room, { key, visitor: browser })).knock.removedBefore).toBe(
        browser === visitor,
      );
    }
    await rig.call('participant-restore', room, { identity }, host.session);
    expect((await list(room, host)).link.access).toBe('knock');
  });

  it('stays as it is when who is put out came by another way', async () => {
    const { room, host } = await hosted();
    await link(room, host, 'always');
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    const { identity } = max.me;
    await rig.call('participant-remove', room, { identity }, host.session);
    expect((await list(room, host)).link.access).toBe('always');
  });
});
