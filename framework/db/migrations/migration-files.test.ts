import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { frameworkMigrations, migrationFolders, readMigrationFolders } from "./migration-files.ts";

const empty = "export async function up() {}\n";
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "migration-files-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text = empty): void {
  writeFileSync(join(root, name), text);
}

const names = async (...folders: string[]) => (await readMigrationFolders(folders)).map(({ name }) => name);

describe("readMigrationFolders", () => {
  it("reads modules by name, and neither tests, types nor other files", async () => {
    for (const name of ["2-b.mjs", "1-a.js", "3-c.mts", "4-d.ts", "5-e.test.mjs", "6-f.d.ts", "7-g.sql"]) write(name);

    expect(await names(root)).toEqual(["1-a", "2-b", "3-c", "4-d"]);
  });

  it("sorts the migrations of all folders together", async () => {
    const other = join(root, "other");
    mkdirSync(other);
    write("2.mjs");
    writeFileSync(join(other, "1.mjs"), empty);
    writeFileSync(join(other, "3.mjs"), empty);

    const migrations = await readMigrationFolders([root, other]);

    expect(migrations.map(({ name, origin }) => [name, origin])).toEqual([
      ["1", other],
      ["2", root],
      ["3", other],
    ]);
  });

  it("refuses a name that two folders have", async () => {
    const other = join(root, "other");
    mkdirSync(other);
    write("1.mjs");
    writeFileSync(join(other, "1.mjs"), empty);

    await expect(names(root, other)).rejects.toMatchObject({ code: "DB_MIGRATION_NAME_TWICE" });
  });

  it("gives a file another checksum once it is edited", async () => {
    write("1.mjs");
    write("2.mjs");
    write("3.mjs", `${empty}// edited\n`);

    const [first, second, third] = (await readMigrationFolders([root])).map(({ checksum }) => checksum);

    expect(first).toMatch(/^mjs:[0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("says which folder is missing", async () => {
    await expect(names(join(root, "gone"))).rejects.toMatchObject({ code: "DB_MIGRATION_FOLDER_MISSING" });
  });

  it.each([
    ["throws", "throw new Error('broken');"],
    ["has no up", "export async function down() {}"],
    ["has an up that can't be called", "export const up = 1;"],
    ["has a down that can't be called", `${empty}export const down = 1;`],
  ])("refuses a file that %s", async (_problem, text) => {
    write("1.mjs", text);

    await expect(names(root)).rejects.toMatchObject({ code: "DB_MIGRATION_UNREADABLE" });
  });
});

describe("migrationFolders", () => {
  it("adds the app's folder if there is one", () => {
    const before = migrationFolders(root);
    mkdirSync(join(root, "migrations"));

    expect(before).toEqual([frameworkMigrations()]);
    expect(migrationFolders(root)).toEqual([frameworkMigrations(), join(root, "migrations")]);
  });

  it("names the framework's folder once for the framework itself", () => {
    expect(migrationFolders(join(frameworkMigrations(), ".."))).toEqual([frameworkMigrations()]);
  });
});
