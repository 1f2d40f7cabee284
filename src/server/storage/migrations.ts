import { sql, type Kysely, type Migration, Migrator } from 'kysely';
import type { Db } from './tables.ts';

/** PostgreSQL 15's dialect only; the same on PGlite. Never change one that was released: add one. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-call': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table rooms (
          id text primary key, name text not null unique, locked boolean not null,
          epoch integer not null, seq bigint not null, log_floor bigint not null,
          created_at bigint not null, check_at bigint, lease_by text, lease_until bigint not null)`,
        sql`create index rooms_check on rooms (check_at) where check_at is not null`,
        sql`create table admissions (
          id text primary key, room_id text not null references rooms, person text not null,
          token_hash text, name text not null, role text not null, access text not null,
          way text not null, state text not null, present boolean not null,
          session_hash text not null unique, generation integer not null default 0,
          entered_at bigint not null, joined_at bigint, gone_at bigint, over_at bigint,
          over_by jsonb, over_reason text, note text, pass_until bigint)`,
        sql`create index admissions_person on admissions (room_id, person)`,
        sql`create index admissions_in on admissions (room_id) where state = 'admitted'`,
        sql`create table seats (
          identity text primary key, admission_id text not null references admissions,
          room_id text not null references rooms, kind text not null, sfu_room text not null,
          holder text, socket text, closed_at bigint,
          said_goodbye boolean not null default false)`,
        sql`create index seats_admission on seats (admission_id)`,
        sql`create index seats_room on seats (room_id)`,
        sql`create table exclusions (
          room_id text not null references rooms, person text not null,
          admission_id text not null references admissions, at bigint not null,
          primary key (room_id, person))`,
        sql`create table events (
          room_id text not null references rooms, seq bigint not null, id text not null,
          at bigint not null, type text not null, by jsonb, data jsonb not null,
          primary key (room_id, seq))`,
        sql`create table outbox (
          id bigserial primary key, room_id text not null references rooms, kind text not null,
          payload jsonb not null, attempts integer not null default 0, next_at bigint not null,
          created_at bigint not null)`,
        sql`create index outbox_due on outbox (next_at)`,
        sql`create table instances (id text primary key, beat_at bigint not null)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0002-knock': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`alter table admissions add message text, add expires_at bigint,
          add blocked boolean not null default false`,
        sql`alter table exclusions add blocked boolean not null default false`,
        sql`create index admissions_waiting on admissions (room_id) where state = 'waiting'`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0003-access': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`alter table rooms add link_access text not null default 'off', add link_hash text,
          add link_at bigint, add link_used_at bigint, add hostless_at bigint`,
        sql`create table invitations (
          id text primary key, room_id text not null references rooms, name text, email text,
          access text not null, key_hash text not null unique, uses integer not null default 0,
          max_uses integer, created_at bigint not null, created_by jsonb, expires_at bigint,
          last_used_at bigint, revoked_at bigint, revoked_by jsonb)`,
        sql`create index invitations_room on invitations (room_id, created_at)`,
        sql`create table invitation_uses (
          invitation_id text not null references invitations, visitor text not null,
          at bigint not null, primary key (invitation_id, visitor))`,
        sql`alter table admissions add visitor text, add former_session_hash text unique,
          add invitation_id text references invitations,
          add camera boolean not null default false, add camera_off_at bigint`,
        sql`create index admissions_invitation on admissions (invitation_id)
          where invitation_id is not null`,
        sql`create index admissions_visitor on admissions (room_id, visitor)`,
        sql`create index admissions_pass on admissions (room_id) where pass_until is not null`,
        sql`alter table seats add looks_at text references admissions`,
        sql`create index seats_looks on seats (looks_at) where looks_at is not null`,
        sql`create unique index seats_one on seats (admission_id, kind, coalesce(looks_at, ''))`,
        sql`create table deliveries (
          id bigserial primary key, room_id text not null references rooms, url text not null,
          seq bigint not null, event jsonb not null, attempts integer not null default 0,
          next_at bigint not null, created_at bigint not null)`,
        sql`create index deliveries_due on deliveries (url, next_at)`,
        sql`create index deliveries_line on deliveries (url, room_id, id)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0003-files': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table files (
          id text primary key, room_id text not null references rooms, key text not null unique,
          person text not null, name text not null, size bigint not null, type text,
          width integer, height integer, preview bytea, by jsonb not null,
          created_at bigint not null, ready_at bigint, expires_at bigint,
          draft jsonb, writer text)`,
        sql`create index files_room on files (room_id, ready_at)`,
        sql`create index files_expiring on files (expires_at) where expires_at is not null`,
        sql`create table file_links (
          hash text primary key, file_id text not null references files on delete cascade,
          admission_id text not null references admissions, expires_at bigint not null)`,
        sql`create index file_links_file on file_links (file_id)`,
        sql`create index file_links_old on file_links (expires_at)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0004-reset': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table resets (
          id text primary key, room_id text not null references rooms, at bigint not null,
          before bigint not null, seq bigint not null, by jsonb not null, progress jsonb not null,
          people integer not null, kept_host boolean not null, lease_until bigint not null)`,
        sql`create index resets_due on resets (lease_until)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0005-chat': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table messages (
          room_id text not null references rooms, id text not null, seq bigint not null,
          number integer not null, at bigint not null, author jsonb not null,
          author_person text not null, recipient jsonb, recipient_person text, text text not null,
          reply_to text, edited_at bigint, deleted_at bigint, deleted_by jsonb,
          primary key (room_id, id))`,
        sql`create unique index messages_seq on messages (room_id, seq)`,
        sql`create table chat_marks (
          room_id text not null references rooms, person text not null, read bigint not null,
          primary key (room_id, person))`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0006-presenter-mode': {
    async up(db: Kysely<unknown>) {
      await sql`alter table rooms add presenter_mode boolean not null default false,
        add presenter_at bigint`.execute(db);
    },
  },
  '0007-notes': {
    async up(db: Kysely<unknown>) {
      await sql`create table notes (
        room_id text not null references rooms, person text not null, text text not null,
        version integer not null, at bigint not null, primary key (room_id, person))`.execute(db);
    },
  },
  '0008-whiteboards': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table whiteboards (
          room_id text not null references rooms, id text not null, name text not null,
          locked boolean not null default false, gen integer not null, n integer not null,
          bytes bigint not null, updates integer not null, at bigint not null, by jsonb not null,
          person text not null, primary key (room_id, id))`,
        sql`create table whiteboard_updates (
          room_id text not null, whiteboard_id text not null, n integer not null, key text not null,
          identity text not null, bytes bytea not null,
          primary key (room_id, whiteboard_id, n),
          foreign key (room_id, whiteboard_id) references whiteboards on delete cascade)`,
        sql`create unique index whiteboard_updates_key
          on whiteboard_updates (room_id, whiteboard_id, key)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0009-recordings': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table recordings (
          id text primary key, room_id text not null references rooms, by jsonb not null,
          person text, admission_id text references admissions, recorder text not null,
          state text not null, name text not null, at bigint not null, stopped_at bigint,
          duration bigint, key text unique, size bigint not null default 0, total bigint,
          type text, partial boolean not null default false, expires_at bigint, draft jsonb,
          writer text, sfu_room text, egress_id text)`,
        sql`create index recordings_room on recordings (room_id, at)`,
        sql`create unique index recordings_one on recordings (room_id)
          where state in ('starting', 'running')`,
        sql`create index recordings_expiring on recordings (expires_at)
          where expires_at is not null`,
        sql`create index recordings_egress on recordings (sfu_room)
          where recorder = 'egress' and state <> 'kept'`,
        sql`create table recording_consents (
          recording_id text not null references recordings on delete cascade,
          identity text not null, primary key (recording_id, identity))`,
        sql`alter table file_links alter file_id drop not null,
          add recording_id text references recordings on delete cascade,
          add check (num_nonnulls(file_id, recording_id) = 1)`,
        sql`create index file_links_recording on file_links (recording_id)
          where recording_id is not null`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0010-trash': {
    async up(db: Kysely<unknown>) {
      const statements = [
        sql`create table trash (
          room_id text not null references rooms, part text not null, reset_id text not null,
          at bigint not null, until bigint not null, by jsonb not null, "full" boolean not null,
          count integer not null, primary key (room_id, part))`,
        sql`create index trash_until on trash (until)`,
        sql`create table trash_rows (
          room_id text not null, part text not null, source text not null, kept jsonb not null,
          foreign key (room_id, part) references trash on delete cascade)`,
        sql`create index trash_rows_part on trash_rows (room_id, part)`,
      ];
      for (const statement of statements) await statement.execute(db);
    },
  },
  '0011-chat-files': {
    async up(db: Kysely<unknown>) {
      await sql`alter table messages add file_id text`.execute(db);
    },
  },
};

/** Brings the schema up to date. Several instances may start at once: the migrator locks. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
    migrationTableName: 'meeting_migrations',
    migrationLockTableName: 'meeting_migrations_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error)
    throw new Error('The database schema could not be brought up to date.', { cause: error });
}
