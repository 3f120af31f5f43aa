import { describe, expect, it } from "vitest";
import { type Compilable, sql } from "../../db/index.ts";
import { readsOf } from "./reads-of.ts";
import { compile, formatValues, kindOf, queries } from "./test-queries.ts";

const items = queries.selectFrom("items");
const lists = queries.selectFrom("lists");

function summary(query: Compilable): readonly string[] {
  const reads = readsOf(compile(query).query, kindOf).map(({ table, where }) => `${table}${formatValues(where)}`);
  return [...new Set(reads)];
}

describe("readsOf", () => {
  it.each<[string, Compilable, readonly string[]]>([
    ["a table", items.selectAll(), ["items"]],
    ["rows of a table", items.selectAll().where("list_id", "=", 1), ["items list_id=1"]],
    ["an alias", queries.selectFrom("items as i").selectAll().where("i.list_id", "=", 1), ["items list_id=1"]],
    [
      "two tables",
      queries.selectFrom(["items", "lists"]).select("items.id").where("owner", "=", "ann"),
      ["items", "lists"],
    ],
    [
      "a join, whose conditions say which table they mean",
      items.innerJoin("lists", "lists.id", "list_id").select("title").where("lists.owner", "=", "ann"),
      ["items", "lists owner=ann"],
    ],
    // A row without a partner would be there as well.
    [
      "the condition of an outer join, which excludes no rows",
      lists.leftJoin("items", (on) => on.onRef("list_id", "=", "lists.id").on("done", "=", true)).select("title"),
      ["lists", "items"],
    ],
    [
      "a subquery in the condition of a join",
      lists
        .innerJoin("items", (join) => join.on("list_id", "in", queries.selectFrom("notes").select("item_id")))
        .select("title"),
      ["lists", "items", "notes"],
    ],
    [
      "a table joined to itself",
      queries
        .selectFrom("items as a")
        .innerJoin("items as b", "b.list_id", "a.id")
        .select("a.id")
        .where("b.title", "=", "x"),
      ["items", "items title=x"],
    ],
    [
      "a subquery in a condition",
      items.selectAll().where("list_id", "in", lists.select("id").where("owner", "=", "ann")),
      ["items", "lists owner=ann"],
    ],
    [
      "exists",
      lists.selectAll().where(({ exists }) => exists(items.select("id").where("done", "=", true))),
      ["lists", "items done=true"],
    ],
    [
      "a subquery among the columns",
      lists.select(() =>
        items
          .select(({ fn }) => fn.countAll().as("n"))
          .where("list_id", "=", 1)
          .as("count"),
      ),
      ["lists", "items list_id=1"],
    ],
    [
      "a query as a table",
      queries
        .selectFrom(items.selectAll().where("list_id", "=", 1).as("some"))
        .selectAll()
        .where("title", "=", "x"),
      ["items list_id=1"],
    ],
    [
      "a with expression, whose name may hide a table",
      queries
        .with("some", () => items.selectAll().where("list_id", "=", 1))
        .selectFrom("some")
        .selectAll(),
      ["items list_id=1", "some"],
    ],
    [
      "a union",
      items
        .select("title")
        .where("list_id", "=", 1)
        .unionAll(lists.select("owner as title").where("id", "=", 2)),
      ["items list_id=1", "lists id=2"],
    ],
    ["an aggregate", items.select(({ fn }) => fn.countAll().as("n")).where("list_id", "=", 1), ["items list_id=1"]],
    [
      "a column in SQL",
      items.select(sql<number>`upper(title)`.as("loud")).where("list_id", "=", 1),
      ["items list_id=1"],
    ],
    ["what a write returns", queries.updateTable("items").set({ done: true }).returningAll(), ["items"]],
    ["SQL that only does something", compileRaw("insert into items (id) values (1)"), []],
  ])("knows what is read by %s", (_what, query, expected) => {
    expect(summary(query).toSorted()).toEqual(expected.toSorted());
  });

  it.each<[string, Compilable]>([
    ["a query", compileRaw("select * from items")],
    ["a write that returns something", compileRaw("delete from items returning id")],
    ["a write that reads something", compileRaw("insert into items select * from lists")],
    ["a table", queries.selectFrom(sql<{ id: number }>`items`.as("i")).select("i.id")],
    ["a condition that has a query in it", items.selectAll().where(sql<boolean>`exists (select 1 from lists)`)],
    ["a column that has a query in it", items.select(sql<number>`(select count(*) from lists)`.as("n"))],
  ])("takes SQL that was written by hand for reading anything: %s", (_what, query) => {
    expect(summary(query)).toEqual(["*"]);
  });
});

function compileRaw(text: string): Compilable {
  return { compile: () => sql.raw(text).compile(queries) };
}
