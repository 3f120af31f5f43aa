import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const budgets: Record<"importRatioOnNode20" | "importRatio" | "modules" | "codeBytes", number> = JSON.parse(
  readFileSync(join(root, "scripts", "package-budgets.json"), "utf8"),
);

let folder: string;

beforeAll(() => {
  // Inside node_modules, so that packages resolve from there.
  const place = join(root, "node_modules", ".cache");
  mkdirSync(place, { recursive: true });
  folder = mkdtempSync(join(place, "package-budgets-"));
  execFileSync(process.execPath, [join(root, "scripts", "bundle.mjs"), folder], { stdio: "inherit" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a module in its own process and returns its output. */
function run(code: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: root, encoding: "utf8" });
}

/** CPU time in ms to import these modules. Other load on the machine affects it less than wall time. */
function importTime(specifiers: readonly string[]): number {
  const imports = specifiers.map((specifier) => `await import(${JSON.stringify(specifier)});`).join("");
  return Number(
    run(`const before = process.cpuUsage(); ${imports}
      const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000)`),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function modules(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
}

const door = () => pathToFileURL(join(folder, "framework", "index.js")).href;

describe("the built package", () => {
  it("is imported in about the time of Hono, zod and Kysely", () => {
    const ratios = Array.from({ length: 7 }, () => importTime([door()]) / importTime(["hono", "zod", "kysely"]));

    // Newer Node versions load the packages we compare with much faster, ours as fast as before.
    const isNode20 = process.versions.node.startsWith("20.");
    expect(median(ratios)).toBeLessThan(isNode20 ? budgets.importRatioOnNode20 : budgets.importRatio);
  });

  it("loads neither the mail renderer nor the HTML cleaner nor native code before they are needed", () => {
    const loaded = run(`
      const { createRequire } = await import("node:module");
      await import(${JSON.stringify(door())});
      console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"))`);

    expect(loaded).not.toMatch(/juice|sanitize-html|html-to-text|nodemailer|luxon|prom-client|argon2|better-sqlite3/);
  });

  it("has a module that loads for `buffkit dev` what each app wants, the logger too", () => {
    const preload = pathToFileURL(join(folder, "framework", "cli", "preload.js")).href;

    const loaded = run(`
      const { createRequire } = await import("node:module");
      await import(${JSON.stringify(preload)});
      console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"))`);

    expect(loaded).toMatch(/pino/);
    expect(loaded).not.toMatch(/juice|sanitize-html|html-to-text|nodemailer|luxon|prom-client|argon2|better-sqlite3/);
  });

  it("has few modules and little code", () => {
    const files = modules();
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

    expect(files.length).toBeLessThan(budgets.modules);
    expect(bytes).toBeLessThan(budgets.codeBytes);
  });

  it("has migrations that take no values of kysely, which each start would load a second time", () => {
    const folders = ["migrations", "app/migrations", "create/variants/notes/migrations"].map((name) =>
      join(root, name),
    );

    const files = folders.flatMap((place) => readdirSync(place).map((file) => join(place, file)));
    const loading = files.filter((file) => /^import (?!type ).*"kysely"/m.test(readFileSync(file, "utf8")));

    expect(files.length).toBeGreaterThan(3);
    expect(loading).toEqual([]);
  });

  it("takes the SQL of an app's own copy of Kysely", () => {
    const printed = run(`
      const { openDatabase } = await import(${JSON.stringify(door())});
      const { sql } = await import("kysely");
      const db = await openDatabase("sqlite::memory:");
      const { rows } = await sql\`select \${41} + 1 as answer\`.execute(db);
      console.log(rows[0].answer);
      await db.destroy();`);

    expect(printed.trim()).toBe("42");
  });
});
