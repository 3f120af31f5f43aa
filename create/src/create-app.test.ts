import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "./create-app.ts";
import { makeTemplate } from "./test-template.ts";

let made: ReturnType<typeof makeTemplate>;
let folder: string;
let printed: string;
let undo: (() => Promise<void>) | undefined;

beforeAll(() => {
  made = makeTemplate();
});

afterAll(() => rmSync(made.folder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "create-buffkit-"));
  printed = "";
  undo = undefined;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it without a terminal, with a fake npm. */
function run(args: readonly string[], npmScript = ""): Promise<void> {
  writeFileSync(join(made.folder, "npm-cli.js"), npmScript);
  return createApp(args, {
    workingFolder: folder,
    environment: { npm_execpath: join(made.folder, "npm-cli.js") },
    template: made.file,
    out: {
      write(text) {
        printed += text;
      },
    },
    isInteractive: false,
    onUndo(given) {
      undo = given;
    },
  });
}

describe("createApp", () => {
  it("creates the app, installs packages, and prints the next two commands", async () => {
    await run(["my-app"], 'require("node:fs").writeFileSync("installed", process.argv[2])');

    expect(readFileSync(join(folder, "my-app", "installed"), "utf8")).toBe("install");
    expect(printed).toMatch(/Next steps:\n\n {2}cd my-app\n {2}npm run dev\n\n$/);
  });

  it("lists the install among the next commands if it was skipped", async () => {
    await run(["my-app", "--no-install"]);

    expect(printed).toContain("  cd my-app\n  npm install\n  npm run dev\n");
  });

  it("creates nothing in a dry run, but lists the files", async () => {
    await run(["my-app", "--dry-run"]);

    expect(readdirSync(folder)).toEqual([]);
    expect(printed).toContain("app/main.ts");
  });

  it("gives each app its own secret", async () => {
    await run(["one", "--no-install"]);
    await run(["two", "--no-install"]);

    const secrets = ["one", "two"].map((name) => readFileSync(join(folder, name, ".env"), "utf8"));
    expect(secrets[0]).not.toBe(secrets[1]);
    expect(secrets[0]).toMatch(/AUTH_SECRET=[\w-]{43}\n/);
  });

  it("refuses a folder that isn't empty, and leaves it alone", async () => {
    writeFileSync(join(folder, "notes.txt"), "mine");

    await expect(run(["."])).rejects.toThrow("not empty");
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
  });

  it("leaves nothing behind when it is interrupted during the install", async () => {
    const script = 'require("node:fs").writeFileSync("started", ""); setInterval(() => {}, 1000)';
    const running = run(["my-app"], script).catch((error: unknown) => error);
    await vi.waitFor(() => expect(existsSync(join(folder, "my-app", "started"))).toBe(true), 10_000);

    await undo?.();

    expect(await running).toBeInstanceOf(Error);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps the app if the install fails, and shows npm's output", async () => {
    const failing = run(["my-app"], 'console.error("no network"); process.exit(1)');

    await expect(failing).rejects.toThrow("no network");
    expect(existsSync(join(folder, "my-app", "package.json"))).toBe(true);
  });

  it("prints help and version without creating anything", async () => {
    await run(["--help"]);
    await run(["--version"]);

    expect(printed).toContain("--no-install");
    expect(printed).toMatch(/\d+\.\d+\.\d+[\w.-]*\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
