import { describe, expect, it } from "vitest";
import { writesOfSql } from "./raw-sql.ts";

const summary = (sql: string) =>
  writesOfSql(sql)
    .map(({ table, only, act }) => `${act} ${table}${"structure" in only ? "!" : ""}`)
    .join();

describe("writesOfSql", () => {
  it.each([
    ["insert into items (id) values (1)", "insert items"],
    ["INSERT IGNORE INTO `Items` VALUES (1)", "insert items"],
    ["insert or replace into items values (1)", "delete items"],
    ["insert into items values (1) on conflict (id) do update set id = 2", "update items"],
    ["replace into items values (1)", "delete items"],
    ['update "app"."items" as i set id = 1;', "update items"],
    ["update or replace items set id = 1", "delete items"],
    ["-- why\n/* and how */ delete from only app . items where id = 1", "delete items"],
    ["delete from items using lists where true", "delete items"],
    ["merge into items using lists on true when matched then delete", "delete items"],
  ])("reads the table of %s", (sql, expected) => {
    expect(summary(sql)).toBe(expected);
  });

  it.each([
    "select id from items for update",
    "select id from items for no key update",
    "with a as (select 1) select * from a",
    "(select 1)",
    "explain select 1",
    "begin immediate",
    "pragma query_only = on",
    "lock table items",
  ])("takes %s for harmless", (sql) => {
    expect(summary(sql)).toBe("");
  });

  it.each([
    "with a as (delete from items returning id) select * from a",
    "insert into items with a as (select 1) select * from a",
    "select * into copy from items",
    "explain analyze delete from items",
    "analyze update items set id = 1",
    "update items, lists set items.id = 1",
    "update lists join items on true set items.id = 1",
    "delete items, notes from items join notes on true",
    "delete from items, notes using items join notes",
    "delete from t1, t2 using t1 join t2",
    "call proc()",
    "commit prepared 'a'",
    "update lists set open = false; update items set id = 1",
    "select 1; delete from items",
    "/*!50000 delete from items */",
  ])("takes %s for a change to anything", (sql) => {
    expect(summary(sql)).toBe("delete *");
  });

  it.each([
    "create table items (id int)",
    "alter table items add x int",
    "do $$ begin end $$",
    "begin not atomic drop table items; end",
  ])("sees that %s may change the structure", (sql) => {
    expect(summary(sql)).toBe("delete *!");
  });
});
