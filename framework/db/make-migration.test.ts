import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeMigration } from "./make-migration.ts";

describe("makeMigration", () => {
  const clock = { now: () => Date.UTC(2026, 0, 31, 23, 59, 58) };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-make-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("writes a file named by the time in UTC, in a folder it makes", async () => {
    const path = await makeMigration({ folder: join(folder, "new"), name: "create_cards", clock });

    expect(basename(path)).toBe("20260131235958_create_cards.ts");
    expect(await readFile(path, "utf8")).toMatch(/function up[\s\S]*function down/);
  });

  it("overwrites no file", async () => {
    await makeMigration({ folder, name: "create_cards", clock });

    await expect(makeMigration({ folder, name: "create_cards", clock })).rejects.toThrow(/EEXIST/);
  });

  it("refuses a name that leaves the folder", async () => {
    await expect(makeMigration({ folder, name: "../x", clock })).rejects.toThrow(
      expect.objectContaining({ code: "DB_MIGRATION_NAME_INVALID" }),
    );
  });
});
