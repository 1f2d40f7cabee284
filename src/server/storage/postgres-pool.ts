import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';

/**
 * A pool that uses no connection again once PostgreSQL left a query of it unanswered.
 *
 * pg gives up waiting after `query_timeout`, but PostgreSQL may carry the query out later, in a
 * transaction that is still open: whoever got the connection next would commit half a change.
 */
export function withoutDoubtful(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let unanswered: Error | undefined;
      // Between two queries nobody else hears that PostgreSQL ended the connection, and an error that
      // nobody hears ends the process.
      const broken = (error: Error): void => void (unanswered ??= error);
      client.on('error', broken);
      const query = async <R>(
        sql: string,
        parameters: readonly unknown[],
      ): Promise<PostgresQueryResult<R>> => {
        // A rollback, for which there is no need: the connection goes.
        if (unanswered) throw unanswered;
        try {
          return (await client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>;
        } catch (error) {
          const isAnswer = error instanceof pg.DatabaseError;
          if (!isAnswer && error instanceof Error) unanswered = error;
          throw error;
        }
      };
      return {
        // Kysely's other form is for cursors, which nobody here uses.
        query: query as PostgresPoolClient['query'],
        release: () => {
          client.off('error', broken);
          client.release(unanswered !== undefined);
        },
      };
    },
    end: () => pool.end(),
  };
}
