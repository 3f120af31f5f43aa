import type { Kysely } from "kysely";
import { columnsFor } from "../framework/db/index.ts";

/** The embedded job queue and its clockwork. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createJobs(db);
  const column = columnsFor(db);
  await db.schema
    .createTable("job_schedules")
    .addColumn("id", column.string(200), (id) => id.primaryKey())
    .addColumn("name", column.string(200), (name) => name.notNull())
    .addColumn("queue", column.string(100), (queue) => queue.notNull())
    .addColumn("cron", column.string(100), (cron) => cron.notNull())
    .addColumn("time_zone", column.string(64), (zone) => zone.notNull())
    .addColumn("payload", column.json, (payload) => payload.notNull())
    .addColumn("options", column.json, (options) => options.notNull())
    .addColumn("next_run_at", column.timestamp, (at) => at.notNull())
    .addColumn("last_run_at", column.timestamp)
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("job_schedules").execute();
  await db.schema.dropTable("jobs").execute();
}

async function createJobs(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("jobs")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("queue", column.string(100), (queue) => queue.notNull())
    .addColumn("name", column.string(200), (name) => name.notNull())
    .addColumn("payload", column.json, (payload) => payload.notNull())
    .addColumn("priority", column.integer, (priority) => priority.notNull())
    .addColumn("run_at", column.timestamp, (at) => at.notNull())
    .addColumn("state", column.string(20), (state) => state.notNull())
    .addColumn("attempts", column.integer, (attempts) => attempts.notNull().defaultTo(0))
    .addColumn("max_attempts", column.integer, (attempts) => attempts.notNull())
    .addColumn("losses", column.integer, (losses) => losses.notNull().defaultTo(0))
    .addColumn("timeout_ms", column.bigint, (timeout) => timeout.notNull())
    .addColumn("unique_key", column.string(200))
    .addColumn("schedule_key", column.string(200))
    .addColumn("locked_by", column.string(64))
    .addColumn("locked_until", column.timestamp)
    .addColumn("last_error", column.text)
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .addColumn("started_at", column.timestamp)
    .addColumn("finished_at", column.timestamp)
    .execute();
  // Each index serves one question: what is next, what becomes due, whose lease ran out, what may be deleted, is the key taken.
  await db.schema
    .createIndex("jobs_next")
    .on("jobs")
    .columns(["state", "queue", "priority desc", "run_at", "id"])
    .execute();
  await db.schema.createIndex("jobs_run_at").on("jobs").columns(["state", "run_at"]).execute();
  await db.schema.createIndex("jobs_locked_until").on("jobs").columns(["state", "locked_until"]).execute();
  await db.schema.createIndex("jobs_finished_at").on("jobs").columns(["state", "finished_at"]).execute();
  await db.schema.createIndex("jobs_unique_key").unique().on("jobs").column("unique_key").execute();
}
