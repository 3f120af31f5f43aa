import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { migrationFile } from "./migration-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-migration-"));
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 31, 23, 59, 58), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** The file name of a new migration in the folder. */
function nameOf(name: string): string {
  return basename(migrationFile({ folder, root: folder, main: join(folder, "main.ts") }, name, "").path);
}

function addMigration(file: string): void {
  mkdirSync(join(folder, "migrations"), { recursive: true });
  writeFileSync(join(folder, "migrations", file), "");
}

describe("the file of a new migration", () => {
  it("is named by the time in UTC", () => {
    expect(nameOf("create_cards")).toBe("20260131235958_create_cards.ts");
  });

  it("sorts after existing ones, even within one second", () => {
    addMigration("20260131235958_create_boards.ts");

    expect(nameOf("create_cards")).toBe("20260131235959_create_cards.ts");
  });

  it("is refused if one with the same name and another time exists", () => {
    addMigration("20250101000000_create_cards.ts");

    expect(() => nameOf("create_cards")).toThrow(expect.objectContaining({ code: "CLI_FILE_EXISTS" }));
  });
});
