import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createId, silentLogger } from "../base/index.ts";
import type { Database } from "./database.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { openDatabase } from "./open-database.ts";

/** An empty database that nobody else uses, for one test. */
export interface ScratchDatabase {
  readonly url: string;
  /** Removes it; whoever opened it closes it first. */
  drop(): Promise<void>;
}

/**
 * Makes an empty database on the server that `serverUrl` names (whose user must be allowed to), or an SQLite file in the folder for
 * temporary files when it says `sqlite:`.
 */
export async function createScratchDatabase(serverUrl: "sqlite:" | (string & {})): Promise<ScratchDatabase> {
  const name = `buffkit_scratch_${createId().replaceAll("-", "")}`;
  if (serverUrl === "sqlite:") {
    const folder = join(tmpdir(), name);
    return { url: `sqlite:${folder}/test.db`, drop: () => rm(folder, { recursive: true, force: true }) };
  }
  const { dialect } = parseDatabaseUrl(serverUrl);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await onServer(serverUrl, (server) => sql`create database ${sql.id(name)}`.execute(server));
  return {
    url: url.href,
    async drop() {
      const force = dialect === "postgres" ? sql` with (force)` : sql``;
      await onServer(serverUrl, (server) => sql`drop database if exists ${sql.id(name)}${force}`.execute(server));
    },
  };
}

async function onServer(url: string, work: (server: Database) => Promise<unknown>): Promise<void> {
  const server: Database = await openDatabase(url, { log: silentLogger, poolSize: 1 });
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}
