import { describe, expect, it } from "vitest";
import { type CursorClient, SqlCursor } from "./sql-cursor.ts";

/** A client that notes what it is asked, with the random name of the cursor replaced. */
function createClient(isInTransaction = false, failing = /^$/) {
  const asked: string[] = [];
  const client: CursorClient = {
    isInTransaction,
    async query<R>(sql: string, parameters: readonly unknown[]) {
      const text = sql.replace(/buffkit_[0-9a-f]{32}/, "it");
      asked.push(parameters.length > 0 ? `${text} [${parameters}]` : text);
      if (failing.test(text)) throw new Error(`failed: ${text}`);
      const rows: unknown[] = text.startsWith("fetch") ? [{ n: asked.length }] : [];
      return { rows: rows as R[] }; // what a test asks for, it knows
    },
  };
  return { asked, client };
}

describe("SqlCursor", () => {
  it("reads piece by piece in a transaction of its own, and ends it", async () => {
    const { asked, client } = createClient();
    const cursor = new SqlCursor("select * from a where b = $1", [7]).attach(client);

    const rows = [await cursor.read(100), await cursor.read(50)];
    await cursor.close();
    await cursor.close();

    expect(rows).toEqual([[{ n: 3 }], [{ n: 4 }]]);
    expect(asked).toEqual([
      "begin",
      "declare it no scroll cursor for select * from a where b = $1 [7]",
      "fetch forward 100 from it",
      "fetch forward 50 from it",
      "commit",
    ]);
  });

  it("closes its cursor inside a transaction, which goes on", async () => {
    const { asked, client } = createClient(true);
    const cursor = new SqlCursor("select 1", []).attach(client);

    await cursor.read(1);
    await cursor.close();

    expect(asked).toEqual(["declare it no scroll cursor for select 1", "fetch forward 1 from it", "close it"]);
  });

  it.each(["insert into a values (1) returning *", "update a set b = 1 returning *", "selection"])(
    "runs %j at once, because it fits no cursor, and reads nothing more",
    async (sql) => {
      const { asked, client } = createClient();
      const cursor = new SqlCursor(sql, [1]).attach(client);

      const rows = [await cursor.read(100), await cursor.read(100)];
      await cursor.close();

      expect(asked).toEqual([`${sql} [1]`]);
      expect(rows[1]).toEqual([]);
    },
  );

  it.each(["select 1", " (SELECT 1)", "with a as (select 1) select * from a", "\nvalues (1)", "table a"])(
    "reads %j with a cursor",
    async (sql) => {
      const { asked, client } = createClient(true);

      await new SqlCursor(sql, []).attach(client).read(1);

      expect(asked[0]).toMatch(/^declare/);
    },
  );

  it.each([/^declare/, /^fetch/])(
    "rolls back its own transaction when %s fails, and fails with that error",
    async (failing) => {
      const { asked, client } = createClient(false, failing);
      const cursor = new SqlCursor("select 1", []).attach(client);

      await expect(cursor.read(1)).rejects.toThrow(/failed: (declare|fetch)/);
      await cursor.close();

      expect(asked.at(-1)).toBe("rollback");
    },
  );

  it("leaves a transaction that isn't its own open when it fails", async () => {
    const { asked, client } = createClient(true, /^fetch/);
    const cursor = new SqlCursor("select 1", []).attach(client);

    await expect(cursor.read(1)).rejects.toThrow("failed: fetch");
    await cursor.close();

    expect(asked.at(-1)).toBe("fetch forward 1 from it");
  });

  it("tells what failed first when the rollback fails too", async () => {
    const { client } = createClient(false, /^(declare|rollback)/);

    await expect(new SqlCursor("select 1", []).attach(client).read(1)).rejects.toThrow("failed: declare");
  });
});
