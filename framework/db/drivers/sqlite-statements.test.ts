import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSqliteStatements } from "./sqlite-statements.ts";

describe("createSqliteStatements", () => {
  let handle: Sqlite.Database;

  beforeEach(() => {
    handle = new Sqlite(":memory:");
    handle.exec("create table notes (id integer primary key, done boolean, BIG BOOLEAN, text text)");
  });

  afterEach(() => void handle.close());

  it("prepares a statement once, and again after a schema change through this handle", () => {
    const statements = createSqliteStatements(handle);
    const first = statements.prepare("select * from notes");
    const again = statements.prepare("select * from notes");

    statements.prepare("create table others (id integer)").run([]);

    expect(again).toBe(first);
    expect(statements.prepare("select * from notes")).not.toBe(first);
    expect(statements.schemaChanges).toBe(1);
  });

  it.each([
    "create table a (b)",
    "ALTER table notes add c",
    " drop table notes",
    "\nvacuum",
    "pragma user_version = 2",
  ])("takes %j for a schema change", (sql) => {
    const statements = createSqliteStatements(handle);

    const prepared = [statements.prepare(sql), statements.prepare(sql)];

    expect([prepared[0] === prepared[1], statements.schemaChanges]).toEqual([false, 2]);
  });

  it.each(["select 'create'", "pragma query_only = on", "pragma  query_only", "update notes set text = 'drop table'"])(
    "doesn't take %j for a schema change",
    (sql) => {
      const statements = createSqliteStatements(handle);

      const prepared = [statements.prepare(sql), statements.prepare(sql)];

      expect([prepared[0] === prepared[1], statements.schemaChanges]).toEqual([true, 0]);
    },
  );

  it("forgets all statements when another handle changed the schema", () => {
    const statements = createSqliteStatements(handle);
    const before = statements.prepare("select * from notes");
    handle.exec("alter table notes add added text default 'x'");
    handle.exec("insert into notes (id) values (1)");

    statements.forget();
    const after = statements.prepare("select * from notes");

    expect(after).not.toBe(before);
    expect(after.all([])).toMatchObject([{ added: "x" }]);
  });

  it("keeps the 500 statements that were prepared last", () => {
    const statements = createSqliteStatements(handle);
    const prepare = (n: number) => statements.prepare(`select ${n}`);
    const [first, second] = [prepare(0), prepare(1)];
    for (let n = 2; n < 500; n += 1) prepare(n);
    const isKept = prepare(0) === first;

    prepare(500);

    expect([isKept, prepare(1) === second, prepare(0) === first]).toEqual([true, true, false]);
  });

  it("binds booleans, dates and missing values as SQLite stores them, and reads booleans back", () => {
    const statements = createSqliteStatements(handle);
    const insert = statements.prepare("insert into notes values (?, ?, ?, ?)");

    insert.run([1, true, false, new Date(1234)]);
    insert.run([2, null, undefined, "x"]);
    insert.run([3, 7, "text", "y"]);

    const select = statements.prepare("select * from notes order by id");
    const rows = [
      { id: 1, done: true, BIG: false, text: "1234.0" },
      { id: 2, done: null, BIG: null, text: "x" },
      { id: 3, done: true, BIG: "text", text: "y" },
    ];
    expect(select.all([])).toEqual(rows);
    expect([...select.iterate([])]).toEqual(rows);
    expect(statements.prepare("select id, text from notes where id = ?").all([2])).toEqual([{ id: 2, text: "x" }]);
  });

  it("says whether a statement returns rows", () => {
    const statements = createSqliteStatements(handle);

    expect([statements.prepare("select 1").reader, statements.prepare("delete from notes").reader]).toEqual([
      ...[true, false],
    ]);
    expect(statements.prepare("delete from notes returning done").reader).toBe(true);
  });

  it("refuses objects and lists, which the driver would take apart", () => {
    const select = createSqliteStatements(handle).prepare("select ? as value");

    for (const value of [{ a: 1 }, [1], [[1]]]) {
      expect(() => select.all([value])).toThrow(expect.objectContaining({ code: "DB_VALUE_NOT_STORABLE" }));
      expect(() => select.run([value])).toThrow(expect.objectContaining({ code: "DB_VALUE_NOT_STORABLE" }));
      expect(() => [...select.iterate([value])]).toThrow(expect.objectContaining({ code: "DB_VALUE_NOT_STORABLE" }));
    }
    expect(select.all([Buffer.from("a")])).toEqual([{ value: Buffer.from("a") }]);
  });

  it("closes the handle", () => {
    createSqliteStatements(handle).close();

    expect(handle.open).toBe(false);
  });
});
