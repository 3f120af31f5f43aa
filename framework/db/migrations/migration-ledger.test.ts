import { describe, expect, it } from "vitest";
import type { NamedMigration } from "./migration-files.ts";
import { type LedgerEntry, statusOf } from "./migration-ledger.ts";

const migration = (name: string, facts: Partial<NamedMigration> = {}): NamedMigration => ({
  up: async () => undefined,
  name,
  origin: "app",
  ...facts,
});
const entry = (name: string, checksum: string | null = null): LedgerEntry => ({
  name,
  timestamp: `at ${name}`,
  checksum,
});
const problemsOf = (migrations: readonly NamedMigration[], ledger: readonly LedgerEntry[]) =>
  statusOf(migrations, ledger).problems.map(({ kind, name }) => `${kind}: ${name}`);

describe("statusOf", () => {
  it("lists what is known and what was applied by name, and what is pending in order", () => {
    const status = statusOf([migration("1_a"), migration("3_c"), migration("4_d")], [entry("2_b"), entry("1_a")]);

    expect(status.entries).toEqual([
      { name: "1_a", appliedAt: "at 1_a" },
      { name: "2_b", appliedAt: "at 2_b" },
      { name: "3_c", appliedAt: null },
      { name: "4_d", appliedAt: null },
    ]);
    expect(status.pending).toEqual(["3_c", "4_d"]);
  });

  it("finds nothing wrong with files that are as they were, or can't be compared", () => {
    const given: [string | undefined, string | null][] = [
      ["ts:1", "ts:1"],
      ["ts:1", null],
      [undefined, "ts:1"],
      ["js:1", "ts:2"],
    ];
    const migrations = given.map(([checksum], index) => migration(`${index}`, checksum ? { checksum } : {}));

    expect(
      problemsOf(
        migrations,
        given.map(([, checksum], index) => entry(`${index}`, checksum)),
      ),
    ).toEqual([]);
  });

  it("reports a file that was edited, unless it differs in its line ends alone", () => {
    const changed = migration("1", { checksum: "ts:2" });
    const sameText = migration("2", { checksum: "ts:2", otherChecksums: ["ts:3", "ts:1"] });

    expect(problemsOf([changed, sameText], [entry("1", "ts:1"), entry("2", "ts:1")])).toEqual(["edited: 1"]);
  });

  it("reports a missing file, and a pending one that is older than an applied one of the same folder", () => {
    const migrations = [migration("1_a"), migration("2_b"), migration("3_c", { origin: "framework" })];

    expect(problemsOf(migrations, [entry("0_gone"), entry("2_b")])).toEqual(["missing: 0_gone", "out of order: 1_a"]);
    expect(problemsOf(migrations, [entry("3_c")])).toEqual([]);
    expect(problemsOf(migrations, [entry("1_a")])).toEqual([]);
  });
});
