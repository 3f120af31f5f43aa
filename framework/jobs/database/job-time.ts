import { type Clock, systemClock } from "../../base/index.ts";
import { columnsFor, type Database, type RawBuilder, sql } from "../../db/index.ts";

/** What time it is for the job tables, in milliseconds since the Unix epoch. */
export interface JobTime {
  /** As an expression, for statements that compare or store times. */
  now(): RawBuilder<number>;
  /** As a number. */
  read(): Promise<number>;
}

/**
 * The database's own time, because the clocks of machines differ: a worker whose clock is ahead would take jobs whose leases haven't
 * expired. An app that sets a clock of its own gets that one, so that its tests can turn it.
 */
export function createJobTime(db: Database, clock: Clock): JobTime {
  if (clock !== systemClock) return { now: () => sql.lit(Math.round(clock.now())), read: async () => clock.now() };
  // PostgreSQL uses no index for a function that may return something else for each row; a subquery runs once.
  const now = sql<number>`(select ${columnsFor(db).now()})`;
  return {
    now: () => now,
    async read() {
      const { rows } = await sql<{ now: number }>`select ${now} as now`.execute(db);
      return Number(rows[0]?.now);
    },
  };
}

/** This long after now; with a negative number, before. */
export function fromNow(time: JobTime, byMs: number): RawBuilder<number> {
  return sql<number>`${time.now()} + ${sql.lit(Math.round(byMs))}`;
}
