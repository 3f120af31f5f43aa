import { describe, expect, it } from "vitest";
import { sql } from "../../db/index.ts";
import { conditionsIn, valuesOf } from "./conditions.ts";
import { compile, formatValues, kindOf, queries } from "./test-queries.ts";

const items = queries.selectFrom("items").select("id");
type Items = typeof items;

function conditionsOf(query: Items): string {
  const table = { name: "items", alias: "items", isOnly: true };
  return formatValues(valuesOf(conditionsIn(compile(query).query.where), table, kindOf)).trim();
}

describe("conditions", () => {
  it.each<[string, Items, string]>([
    ["list_id = 1", items.where("list_id", "=", 1), "list_id=1"],
    ["items.list_id = 1", items.where("items.list_id", "=", 1), "list_id=1"],
    ["list_id = '1'", items.where("list_id", "=", "1" as never), "list_id=1"],
    ["list_id in (1, 2)", items.where("list_id", "in", [1, 2]), "list_id=1|2"],
    ["title = 'Buy: MILK'", items.where("title", "=", "Buy: MILK"), "title=buymilk"],
    ["done = true", items.where("done", "=", true), "done=true"],
    ["a = 1 and b = 'x'", items.where("list_id", "=", 1).where("title", "=", "x"), "list_id=1 title=x"],
    ["(a = 1 and b = 'x')", items.where(({ and }) => and({ list_id: 1, title: "x" })), "list_id=1 title=x"],
    [
      "a = 1 and (b = 'x' or c)",
      items.where("list_id", "=", 1).where(({ or }) => or({ title: "x", done: true })),
      "list_id=1",
    ],
  ])("tell rows apart: %s", (_sql, query, expected) => {
    expect(conditionsOf(query)).toBe(expected);
  });

  it.each<[string, Items]>([
    ["a = 1 or a = 2", items.where(({ or, eb }) => or([eb("list_id", "=", 1), eb("list_id", "=", 2)]))],
    ["not a = 1", items.where(({ not, eb }) => not(eb("list_id", "=", 1)))],
    ["a > 1", items.where("list_id", ">", 1)],
    ["a <> 1", items.where("list_id", "<>", 1)],
    ["a like 'x'", items.where("title", "like", "x")],
    ["a is null", items.where("rank", "is", null)],
    ["a is true, which is true of 2 in MySQL", items.where("done", "is", true)],
    ["a = b", items.whereRef("list_id", "=", "id")],
    ["a = null", items.where("list_id", "=", null as never)],
    ["a = 1.5", items.where("list_id", "=", 1.5)],
    ["a = '1e3', which is a number in MySQL", items.where("list_id", "=", "1e3" as never)],
    ["key = 0, for which MySQL takes the next number", items.where("id", "=", 0)],
    ["a = 'ä', about which collations disagree", items.where("title", "=", "ä")],
    ["a column of which the type says nothing", items.where("rank", "=", 1)],
    ["a = 1 + 1", items.where("list_id", "=", sql<number>`1 + 1`)],
    ["a = (select …)", items.where("list_id", "=", queries.selectFrom("lists").select("id"))],
    ["a in (select …)", items.where("list_id", "in", queries.selectFrom("lists").select("id"))],
    ["a in (1, 1 + 1)", items.where("list_id", "in", [1, sql<number>`1 + 1`])],
    ["lower(a) = 'x'", items.where(({ fn, eb }) => eb(fn<string>("lower", ["title"]), "=", "x"))],
    ["SQL written by hand", items.where(sql<boolean>`list_id = 1`)],
    [
      "more values than are worth it",
      items.where(
        "list_id",
        "in",
        Array.from({ length: 101 }, (_, id) => id),
      ),
    ],
  ])("prove nothing: %s", (_sql, query) => {
    expect(conditionsOf(query)).toBe("");
  });

  it("belong to the table that they name, by the name that the query gives it", () => {
    const where = conditionsIn(
      compile(
        queries
          .selectFrom("items as i")
          .innerJoin("lists", "lists.id", "i.list_id")
          .select("i.id")
          .where("i.title", "=", "x")
          .where("lists.owner", "=", "ann")
          .where("done", "=", true),
      ).query.where,
    );

    // Either table may have the column `done`.
    expect(formatValues(valuesOf(where, { name: "items", alias: "i", isOnly: false }, kindOf))).toBe(" title=x");
    expect(formatValues(valuesOf(where, { name: "lists", alias: "lists", isOnly: false }, kindOf))).toBe(" owner=ann");
  });
});
