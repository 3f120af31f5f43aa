import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2";
import pg from "pg";

/** An empty database for a single test. */
export interface ScratchDatabase {
  readonly url: string;
  /** Deletes it. Close all connections first. */
  drop(): Promise<void>;
}

/**
 * Creates an empty database on the server at `serverUrl`, whose user needs permission to do so. With `sqlite:` it is a file in the
 * folder for temporary files.
 */
export async function createScratchDatabase(serverUrl: "sqlite:" | (string & {})): Promise<ScratchDatabase> {
  const name = `buffkit_scratch_${randomUUID().replaceAll("-", "")}`;
  if (serverUrl === "sqlite:") {
    const folder = join(tmpdir(), name);
    return { url: `sqlite:${folder}/test.db`, drop: () => rm(folder, { recursive: true, force: true }) };
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const execute = url.protocol.startsWith("postgres") ? onPostgres : onMysql;
  await execute(serverUrl, `create database ${name}`);
  return {
    url: url.href,
    drop: () => execute(serverUrl, `drop database if exists ${name}${execute === onPostgres ? " with (force)" : ""}`),
  };
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function onMysql(url: string, statement: string): Promise<void> {
  const connection = mysql.createConnection(url.replace(/^mariadb:/, "mysql:")).promise();
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
