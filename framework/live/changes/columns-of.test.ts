import { beforeAll, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { type Compilable, openDatabase, sql } from "../../db/index.ts";
import { columnsOf } from "./columns-of.ts";
import { isNode } from "./query-node.ts";
import { createRandomTables, type RandomDatabase } from "./random-queries.ts";

describe("columnsOf", () => {
  let db: RandomDatabase;

  beforeAll(async () => {
    const opened = await openDatabase("sqlite::memory:", { log: silentLogger });
    db = await createRandomTables(opened);
    return () => opened.destroy();
  });

  function columns(query: Compilable) {
    const node: unknown = query.compile().query;
    if (!isNode(node)) throw new Error("no query");
    return columnsOf(node)?.toSorted();
  }

  it("names what is selected, compared, joined, grouped and sorted by, in subqueries too", () => {
    const items = db.selectFrom("items as i");

    expect(columns(items.select("i.id").where("done", "=", true).orderBy("rank"))).toEqual(["done", "id", "rank"]);
    expect(columns(items.innerJoin("lists as l", "l.id", "i.list_id").select("owner as name"))).toEqual([
      "id",
      "list_id",
      "owner",
    ]);
    expect(
      columns(
        items
          .select(({ fn }) => fn.max("rank").as("top"))
          .groupBy("title")
          .having("title", "!=", "a"),
      ),
    ).toEqual(["rank", "title"]);
    expect(
      columns(
        items
          .select("i.id")
          .where("list_id", "in", (from) => from.selectFrom("lists").select("id").where("open", "=", true)),
      ),
    ).toEqual(["id", "list_id", "open"]);
  });

  it("needs no column to count rows, but those of the filter", () => {
    const items = db.selectFrom("items");

    expect(columns(items.select(({ fn }) => fn.countAll().as("n")))).toEqual([]);
    expect(columns(items.select(({ fn }) => fn.countAll("items").as("n")))).toEqual([]);
    expect(columns(items.select(({ fn }) => fn.countAll("items").distinct().as("n")))).toBeUndefined();
    expect(columns(items.select(({ fn }) => fn.countAll().filterWhere("done", "=", true).as("n")))).toEqual(["done"]);
  });

  it("knows none where a query takes all of them, the row, or its place", () => {
    const items = db.selectFrom("items");

    expect(columns(items.selectAll())).toBeUndefined();
    expect(columns(items.selectAll("items"))).toBeUndefined();
    expect(
      columns(
        db
          .with("some", (from) => from.selectFrom("items").selectAll())
          .selectFrom("some")
          .select("id"),
      ),
    ).toBeUndefined();
    expect(columns(items.select(db.dynamic.ref<"id">("rowid")))).toBeUndefined();
    expect(columns(items.select(db.dynamic.ref<"id">("items")))).toBeUndefined();
    expect(columns(db.selectFrom("items as i").select(db.dynamic.ref<"id">("i")))).toBeUndefined();
    expect(
      columns(db.selectFrom((from) => from.selectFrom("items").select("id").as("i")).select(db.dynamic.ref<"id">("i"))),
    ).toBeUndefined();
  });

  it("knows none where there is SQL written by hand", () => {
    expect(columns(db.selectFrom("items").select(sql<number>`length(title)`.as("n")))).toBeUndefined();
    expect(columns(db.selectFrom("items").select("id").orderBy(sql`rank`))).toBeUndefined();
  });
});
