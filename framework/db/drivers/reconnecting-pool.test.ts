import type { Pool, PoolClient } from "pg";
import { describe, expect, it } from "vitest";
import { createReconnectingPool } from "./reconnecting-pool.ts";
import { SqlCursor } from "./sql-cursor.ts";

/** A pool with one connection, which notes how it was given back. */
function createPool(fail: (sql: string) => Error | undefined = () => undefined) {
  const released: unknown[] = [];
  const asked: unknown[] = [];
  let isEnded = false;
  const client = {
    getTransactionStatus: () => "T",
    query: async (sql: string, parameters: unknown) => {
      asked.push([sql, parameters]);
      const error = fail(sql);
      if (error) throw error;
      return { rows: [sql] };
    },
    release: (isLost: unknown) => void released.push(isLost),
  };
  const pool = {
    connect: async () => client as unknown as PoolClient,
    end: async () => {
      isEnded = true;
    },
  };
  return { pool: createReconnectingPool(pool as unknown as Pool), released, asked, isEnded: () => isEnded };
}

describe("createReconnectingPool", () => {
  it("gives a connection back to be used again, and discards one that broke", async () => {
    const lost = Object.assign(new Error("terminating"), { code: "57P01" });
    const { pool, released } = createPool((sql) => (sql === "break" ? lost : undefined));
    const [first, second] = [await pool.connect(), await pool.connect()];

    await first.query("select 1", []);
    first.release();
    await expect(first.query("break", [])).rejects.toBe(lost);
    await first.query("select 1", []);
    first.release();

    expect(second).toBe(first);
    expect(released).toEqual([false, true]);
  });

  it("keeps a connection whose query failed for another reason", async () => {
    const { pool, released } = createPool(() => Object.assign(new Error("duplicate"), { code: "23505" }));
    const client = await pool.connect();

    await expect(client.query("insert", [])).rejects.toThrow("duplicate");
    client.release();

    expect(released).toEqual([false]);
  });

  it("passes parameters on, and gives cursors its client", async () => {
    const { pool, asked } = createPool();
    const client = await pool.connect();

    const { rows } = await client.query("select $1", [7]);
    const cursor = client.query(new SqlCursor<string>("select 2", []));
    await cursor.read(5);

    expect(rows).toEqual(["select $1"]);
    expect(asked).toEqual([
      ["select $1", [7]],
      [expect.stringMatching(/^declare .* select 2$/), []],
      [expect.stringMatching(/^fetch forward 5/), []],
    ]);
  });

  it("ends with the pool", async () => {
    const { pool, isEnded } = createPool();

    await pool.end();

    expect(isEnded()).toBe(true);
  });
});
