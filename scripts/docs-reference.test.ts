import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import * as components from "../components/index.ts";
import { exportsOf, publicDoors } from "../docs/checks/door-exports.ts";
import { knownErrors } from "../docs/checks/known-errors.ts";
import { docsFolder, guides, projectFolder, readGuide } from "../docs/checks/samples.ts";
import { databaseChecks } from "../framework/db/conformance/database-conformance.ts";
import { onServer } from "../framework/db/conformance/database-subject.ts";
import { joiningChecks } from "../framework/db/conformance/joining-conformance.ts";
import { streamsChecks } from "../framework/db/conformance/streams-conformance.ts";
import { textChecks } from "../framework/db/conformance/text-conformance.ts";
import { transactionsChecks } from "../framework/db/conformance/transactions-conformance.ts";
import { valuesChecks } from "../framework/db/conformance/values-conformance.ts";
import * as buffkit from "../framework/index.ts";
import * as testing from "../framework/testing/index.ts";
import * as playwright from "../framework/testing/playwright/index.ts";
import * as mail from "../mail/index.ts";

const rewrite = "Run: node --import tsx docs/checks/write-reference.ts";
const values: Readonly<Record<string, readonly string[]>> = {
  buffkit: Object.keys(buffkit),
  "buffkit/components": Object.keys(components),
  "buffkit/mail": Object.keys(mail),
  "buffkit/testing": Object.keys(testing),
  "buffkit/testing/playwright": Object.keys(playwright),
};

/** The names that the reference lists under an entry point. */
function listed(door: string): readonly string[] {
  const section = readGuide("api.md").split(`\n## \`${door}\`\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^#### `(\w+)`/gm)].map(([, name]) => name ?? "").sort();
}

describe("the API reference", () => {
  it.each(Object.entries(publicDoors))("lists what %s hands out, and nothing else", (door, file) => {
    const names = exportsOf(file).map(({ name }) => name);

    expect(listed(door), rewrite).toEqual(names.sort());
    expect(names).toEqual(expect.arrayContaining([...(values[door] ?? [])]));
  });
});

describe("the list of errors", () => {
  it("has every code of the rooms, and no other", () => {
    const codes = [...readGuide("errors.md").matchAll(/^\| `([A-Z_0-9]+)` \|/gm)].map(([, code]) => code);

    expect(codes, rewrite).toEqual(knownErrors().map(({ code }) => code));
  });

  it("says what each one means", () => {
    expect(knownErrors().filter(({ code, meaning }) => meaning === "" && code !== "JOBS_GIVEN_UP")).toEqual([]);
  });
});

describe("the list of capabilities", () => {
  const rows = readGuide("capabilities.md")
    .split("\n")
    .filter((line) => /^\| [BH]\d/.test(line));

  it("has every line once, in order", () => {
    const wanted = [...numbered("B", 138), ...numbered("H", 15)];

    expect(rows.map((row) => row.split("|")[1]?.trim())).toEqual(wanted);
  });

  it("names proofs that exist", () => {
    const missing = rows.flatMap((row) => proofsOf(row).filter(({ file, title }) => !textOf(file).includes(title)));

    expect(missing).toEqual([]);
  });

  it("says so where nothing proves a line", () => {
    expect(rows.filter((row) => proofsOf(row).length === 0 && !row.includes("**not yet**"))).toEqual([]);
  });
});

describe("the table of what is the same on all databases", () => {
  const section = readGuide("database.md").split("\n## One behavior on three databases\n")[1]?.split("\n## ")[0] ?? "";
  const unescaped = section.replaceAll("\\|", "|");
  const titles = [...unescaped.matchAll(/^\|.* \| "(.+)" \|$/gm)].map(([, title]) => title ?? "");

  it("names checks that run on each of them", () => {
    const names = [databaseChecks, textChecks, valuesChecks, streamsChecks, transactionsChecks, joiningChecks]
      .flatMap((checks) => checks(onServer("sqlite:")))
      .map(({ name }) => name);

    expect(titles.filter((title) => !names.includes(title))).toEqual([]);
  });

  it("has every check of texts and values", () => {
    const names = [textChecks, valuesChecks].flatMap((checks) => checks(onServer("sqlite:"))).map(({ name }) => name);

    expect(names.filter((name) => !titles.includes(name))).toEqual([]);
  });
});

describe("the commands of the README", () => {
  const readme = readGuide("../README.md");

  it("are scripts of package.json, or run tests that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json"));
    const missing = [
      ...namesIn(readme, /`npm run ([\w:]+)/g).filter((name) => !Object.hasOwn(scripts, name)),
      ...namesIn(readme, /`npx vitest run ([^`\s]+)/g).filter((path) => !existsSync(join(projectFolder, path))),
    ];

    expect(missing).toEqual([]);
  });

  it("name scenarios that exist", () => {
    const titles = readdirSync(join(projectFolder, "features"))
      .filter((file) => file.endsWith(".feature"))
      .flatMap((file) => namesIn(textOf(join("features", file)), /^\s*(?:Feature|Scenario(?: Outline)?): (.+)$/gm));

    const wanted = namesIn(readme, /`npm test -- --features --grep "([^"]+)"/g).flatMap((pattern) =>
      pattern.split("|"),
    );

    expect(wanted.filter((name) => !titles.some((title) => title.includes(name)))).toEqual([]);
  });
});

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? "");
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

/** A proof has the form `path` "title of the test or scenario". */
function proofsOf(row: string): readonly { readonly file: string; readonly title: string }[] {
  return [...row.matchAll(/`([^`]+)` "(.+?)"(?=<br>| \||;)/g)].map(([, file = "", title = ""]) => ({ file, title }));
}

function textOf(file: string): string {
  const path = join(projectFolder, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

describe("the guides", () => {
  it("lead to files and headings that exist", () => {
    const broken = guides().flatMap((guide) =>
      [...readGuide(guide).matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)]
        .map(([, target]) => target ?? "")
        .filter((target) => !leadsSomewhere(guide, target))
        .map((target) => `${guide}: ${target}`),
    );

    expect(broken).toEqual([]);
  });
});

function leadsSomewhere(guide: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const path = join(docsFolder, dirname(guide), file);
  if (!existsSync(path)) return false;
  if (heading === undefined) return true;
  return readFileSync(path, "utf8")
    .split("\n")
    .some((line) => line.startsWith("#") && anchorOf(line) === heading);
}

/** The anchor that GitHub and npm make from a heading. */
function anchorOf(line: string): string {
  return line
    .replace(/^#+\s*/, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}
