import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";

let db: Database<{ notes: { id: number } }>;
afterEach(() => db.destroy());

/** A database with one connection, and a report that is awaited for its first note. */
async function open() {
  db = await openDatabase("sqlite::memory:", { log: silentLogger });
  await sql`create table notes (id integer primary key)`.execute(db);
  const gate = createGate();
  const seen: string[] = [];
  db.observe(({ query: { parameters, sql: text } }) => {
    seen.push(parameters.length > 0 ? `insert ${parameters[0]}` : text);
    return parameters[0] === 1 ? gate.opened : undefined;
  });
  const steps: string[] = [];
  const add = (id: number) => db.insertInto("notes").values({ id }).execute();
  return { gate, seen, steps, add };
}

describe("what a report returns", () => {
  it("is awaited by its statement, and holds up nobody else", async () => {
    const { gate, seen, steps, add } = await open();
    const first = add(1).then(() => steps.push("first"));

    await add(2);
    steps.push("second");
    gate.open();
    await first;

    expect(steps).toEqual(["second", "first"]);
    expect(seen).toEqual(["insert 1", "insert 2"]);
  });

  it("is awaited by its transaction, once others may begin", async () => {
    const { gate, seen, steps, add } = await open();
    const first = db
      .transaction()
      .execute(() => add(1))
      .then(() => steps.push("first"));

    await db.transaction().execute(() => add(2));
    steps.push("second");
    gate.open();
    await first;

    expect(steps).toEqual(["second", "first"]);
    expect(seen).toEqual(["begin immediate", "insert 1", "commit", "begin immediate", "insert 2", "commit"]);
  });
});
