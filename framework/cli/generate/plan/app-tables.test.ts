import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../project/project.ts";
import { readTable } from "./app-tables.ts";

let project: Project;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "buffkit-tables-"));
  mkdirSync(join(folder, "app", "parts"), { recursive: true });
  project = { folder, root: folder, main: join(folder, "app", "main.ts") };
});

afterEach(() => rmSync(project.folder, { recursive: true }));

function write(file: string, text: string): void {
  writeFileSync(join(project.folder, "app", file), text);
}

describe("readTable", () => {
  it("reads the columns of an interface, without comments", () => {
    write(
      "parts/cards.ts",
      `export interface CardTable {
  readonly id: string;
  /** What it says: at most 200 characters. */
  title: string;
  done_at: Milliseconds | null; // note: in UTC
}
declare module "buffkit" {
  interface Tables {
    boards: BoardTable;
    cards: CardTable;
  }
}`,
    );

    expect(readTable(project, "cards")).toEqual([
      { name: "id", type: "string" },
      { name: "title", type: "string" },
      { name: "done_at", type: "Milliseconds | null" },
    ]);
  });

  it("reads columns that are written in place", () => {
    write(
      "tables.ts",
      'declare module "buffkit" { interface Tables { items: { id: string; text: string }; other: Other } }',
    );

    expect(readTable(project, "items")).toEqual([
      { name: "id", type: "string" },
      { name: "text", type: "string" },
    ]);
  });

  it("knows no table that isn't declared, or whose interface is elsewhere", () => {
    write(
      "tables.ts",
      'import type { B } from "./b.ts";\ndeclare module "buffkit" { interface Tables { b: B; my_items: C } }',
    );

    expect([readTable(project, "items"), readTable(project, "b")]).toEqual([null, null]);
  });
});
