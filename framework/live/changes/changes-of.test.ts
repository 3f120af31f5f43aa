import { describe, expect, it } from "vitest";
import { type Compilable, sql } from "../../db/index.ts";
import { changesOf } from "./changes-of.ts";
import { compile, formatValues, kindOf, mysqlQueries, queries } from "./test-queries.ts";

const insert = queries.insertInto("items");
const update = queries.updateTable("items");
const remove = queries.deleteFrom("items");
const row = { id: 1, list_id: 2, title: "x", done: true, rank: null };

function summary(query: Compilable): readonly string[] {
  return changesOf(compile(query), kindOf).map(
    ({ act, table, only, set }) => `${act} ${table}${formatValues(only)}${set ? ` sets ${set.join()}` : ""}`,
  );
}

describe("changesOf", () => {
  it.each<[string, Compilable, readonly string[]]>([
    ["a row", insert.values(row), ["insert items id=1 list_id=2 title=x done=true"]],
    ["two rows", insert.values([row, { ...row, id: 3 }]), ["insert items id=1|3 list_id=2 title=x done=true"]],
    [
      "a computed value",
      insert.values({ ...row, list_id: sql<number>`1 + 1` }),
      ["insert items id=1 title=x done=true"],
    ],
    [
      "the rows of a query",
      insert.columns(["id", "list_id"]).expression(queries.selectFrom("lists").select(["id", "id as list_id"])),
      ["insert items"],
    ],
    // The row that is there already may be in any list.
    [
      "a row, or updates the one with its key",
      insert.values(row).onConflict((on) => on.column("id").doUpdateSet({ list_id: 3 })),
      ["update items"],
    ],
    ["the same in MySQL", insert.values(row).onDuplicateKeyUpdate({ list_id: 3 }), ["update items"]],
    ["a row in the place of another", queries.replaceInto("items").values(row), ["delete items"]],
  ])("knows what changes when %s is inserted", (_what, query, expected) => {
    expect(summary(query)).toEqual(expected);
  });

  it.each<[string, Compilable, readonly string[]]>([
    ["some rows", update.set({ title: "y" }).where("list_id", "=", 1), ["update items list_id=1 sets title"]],
    [
      "a row by its key, which says nothing about its list",
      update.set({ title: "y" }).where("id", "=", 1),
      ["update items id=1 sets title"],
    ],
    [
      "rows, from one list to another: both change",
      update.set({ list_id: 2 }).where("list_id", "=", 1),
      ["update items list_id=1|2 sets list_id"],
    ],
    [
      "a row, from a list that it doesn't say",
      update.set({ list_id: 2 }).where("id", "=", 1),
      ["update items id=1 sets list_id"],
    ],
    [
      "rows, to a list that is computed",
      update.set({ list_id: sql<number>`id + 1` }).where("list_id", "=", 1),
      ["update items sets list_id"],
    ],
    [
      "two tables at once",
      mysqlQueries.updateTable(["items", "lists"]).set({ done: true }).whereRef("lists.id", "=", "items.list_id"),
      ["update * sets done"],
    ],
    ["all rows", update.set({ done: true }), ["update items sets done"]],
    [
      "an alias",
      queries.updateTable("items as i").set({ done: true }).where("i.list_id", "=", 1),
      ["update items list_id=1 sets done"],
    ],
    [
      "rows that another table chooses, whose columns it may mean",
      update.from("lists").set({ title: "y" }).where("owner", "=", "ann").where("items.done", "=", true),
      ["update items done=true sets title"],
    ],
    [
      "rows that joined tables choose, any of which may change in MySQL",
      update.from("lists").innerJoin("notes", "notes.id", "lists.id").set({ title: "y" }).where("items.id", "=", 1),
      ["update items", "update notes"],
    ],
  ])("knows what changes when it updates %s", (_what, query, expected) => {
    expect(summary(query)).toEqual(expected);
  });

  it.each<[string, Compilable, readonly string[]]>([
    ["some rows", remove.where("list_id", "=", 1), ["delete items list_id=1"]],
    [
      "rows that a subquery chooses",
      remove.where("list_id", "in", queries.selectFrom("lists").select("id")),
      ["delete items"],
    ],
    [
      "rows that another table chooses",
      remove.using("lists").where("lists.owner", "=", "ann").where("items.done", "=", true),
      ["delete items done=true"],
    ],
    ["all rows", remove, ["delete items"]],
  ])("knows what changes when it deletes %s", (_what, query, expected) => {
    expect(summary(query)).toEqual(expected);
  });

  it.each<[string, Compilable, readonly string[]]>([
    ["a select", queries.selectFrom("items").selectAll(), []],
    ["a select that locks", queries.selectFrom("items").selectAll().forUpdate(), []],
    [
      "a select with a write in it",
      queries
        .with("gone", () => remove.where("list_id", "=", 1).returning("id"))
        .selectFrom("gone")
        .selectAll(),
      ["delete items list_id=1"],
    ],
    [
      "a write with another one in it",
      queries
        .with("gone", () => queries.deleteFrom("lists").where("id", "=", 1).returning("id"))
        .deleteFrom("items")
        .where("list_id", "=", 1),
      ["delete lists id=1", "delete items list_id=1"],
    ],
    [
      "a merge",
      queries.mergeInto("items").using("lists", "lists.id", "items.list_id").whenMatched().thenDelete(),
      ["delete items"],
    ],
    ["a new table", queries.schema.createTable("x").addColumn("id", "integer"), ["delete * structure="]],
    [
      "SQL that was written by hand",
      { compile: () => sql`update items set id = 1`.compile(queries) },
      ["update items"],
    ],
  ])("knows what changes with %s", (_what, query, expected) => {
    expect(summary(query)).toEqual(expected);
  });
});
