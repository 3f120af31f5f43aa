import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { statementsOf } from "./dry-run.ts";

const dialects = ["sqlite", "postgres", "mysql"] as const;

describe("statementsOf", () => {
  it.each([
    ["sqlite", 'create table "cards" ("id" integer)'],
    ["postgres", 'create table "cards" ("id" integer)'],
    ["mysql", "create table `cards` (`id` integer)"],
  ] as const)("returns what a migration would run on %s", async (dialect, created) => {
    const statements = await statementsOf(
      {
        async up(db) {
          await db.schema.createTable("cards").addColumn("id", "integer").execute();
          await sql`insert into cards values (1)`.execute(db);
        },
      },
      dialect,
    );

    expect(statements).toEqual([created, "insert into cards values (1)"]);
  });

  it.each(dialects)(
    "lets a migration look at the tables of %s, as if there were none, and stream them",
    async (dialect) => {
      const seen: unknown[] = [];

      await statementsOf(
        {
          async up(db) {
            seen.push(await db.introspection.getTables());
            for await (const row of db
              .withTables<{ cards: { id: number } }>()
              .selectFrom("cards")
              .selectAll()
              .stream()) {
              seen.push(row);
            }
          },
        },
        dialect,
      );

      expect(seen).toEqual([[]]);
    },
  );
});
