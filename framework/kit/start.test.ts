import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../test-support/free-port.ts";
import { isPackageBuilt, linkPackages, typeScriptArguments } from "../test-support/link-packages.ts";

const sources = fileURLToPath(new URL("..", import.meta.url));
const framework = pathToFileURL(
  isPackageBuilt ? join(sources, "../dist/framework/index.js") : join(sources, "index.ts"),
);

const createApp = `async (config) => {
  const app = new Hono();
  const kit = await wire(app, { appName: "Pond", ...config });
  return { app, kit };
}`;

function mainModule(app = createApp, call = "start(createApp, import.meta.url)"): string {
  return `import { Hono } from "hono";
import { start, wire } from ${JSON.stringify(framework.href)};
const createApp = ${app};
await ${call};
`;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-start-"));
  linkPackages(folder);
  write("package.json", '{ "type": "module" }');
  write("public/hello.txt", "from public");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What to do once the app has printed its address, before it is sent SIGTERM. */
  visit?(url: string): Promise<void>;
}

async function run(main: string, { cwd = ".", environment = {}, visit }: RunOptions = {}): Promise<Ended> {
  const loader = isPackageBuilt && main.endsWith(".js") ? [] : typeScriptArguments;
  const child = spawn(process.execPath, [...loader, join(folder, main)], {
    cwd: join(folder, cwd),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "development",
      PORT: String(await freePort()),
      AUTH_SECRET: "a-secret-for-tests-0123456789-abcdefgh",
      DATABASE_URL: "sqlite::memory:",
      ...environment,
    },
  });
  const output = { stdout: "", stderr: "" };
  let visited: Promise<void> | undefined;
  child.stderr.on("data", (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    output.stdout += chunk.toString();
    const url = /http:\/\/localhost:\d+/.exec(output.stdout)?.[0];
    if (url) visited ??= (visit?.(url) ?? Promise.resolve()).finally(() => child.kill("SIGTERM"));
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  await visited;
  return { code, ...output };
}

async function keepFile(url: string, files: string[]): Promise<void> {
  files.push(await (await fetch(`${url}/hello.txt`)).text());
}

describe("start", () => {
  it("serves the app with the public files of its root, prints its address, and stops on SIGTERM", async () => {
    write("app/main.ts", mainModule());
    const files: string[] = [];

    const ended = await run("app/main.ts", { visit: async (url) => keepFile(url, files) });

    expect(ended.stderr).toBe("");
    expect(ended.stdout).toContain("Pond");
    expect(files).toEqual(["from public"]);
    expect(ended.code).toBe(0);
  });

  it("finds the root of a build in dist/, from another working directory", async () => {
    write("dist/app/main.js", mainModule());
    write("dist/public/hello.txt", "from the build");
    write("elsewhere/readme.txt", "");
    const files: string[] = [];

    const ended = await run("dist/app/main.js", { cwd: "elsewhere", visit: async (url) => keepFile(url, files) });

    expect(ended.stderr).toBe("");
    expect(files).toEqual(["from the build"]);
  });

  it("prints a KitError with its hint and exits with code 1", async () => {
    write("app/main.ts", mainModule());

    const ended = await run("app/main.ts", { environment: { AUTH_SECRET: "" } });

    expect(ended).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "\nThe configuration is invalid:\n- authSecret is required (AUTH_SECRET). Run `npx buffkit secret` to generate one.\n" +
        "Fix the settings listed above. `npx buffkit doctor` checks them again.\n",
    });
  });

  it("refuses a PORT that isn't a port, in words", async () => {
    write("app/main.ts", mainModule());

    const ended = await run("app/main.ts", { environment: { PORT: "three" } });

    expect(ended.stderr).toContain('PORT is "three". Expected a whole number from 0 to 65535.');
    expect(ended.code).toBe(1);
  });

  it("says what is missing if it isn't given createApp", async () => {
    write("app/main.ts", mainModule(createApp, "start(undefined, import.meta.url)"));

    const ended = await run("app/main.ts");

    expect(ended.stderr).toContain("Expected the function createApp, but got undefined.");
    expect(ended.code).toBe(1);
  });

  it("says what is missing if createApp returns no kit", async () => {
    write("app/main.ts", mainModule("async () => ({ app: new Hono() })"));

    const ended = await run("app/main.ts");

    expect(ended.stderr).toContain("createApp returned an object with app.");
    expect(ended.stderr).toContain("return { app, kit };");
    expect(ended.code).toBe(1);
  });

  it("says how to call it if it isn't given the module's address", async () => {
    write("app/main.ts", mainModule(createApp, 'start(createApp, "app/main.ts")'));

    const ended = await run("app/main.ts");

    expect(ended.stderr).toContain('start needs the address of the module that calls it, but got "app/main.ts".');
    expect(ended.code).toBe(1);
  });

  it("throws any other error, with its stack", async () => {
    write("app/main.ts", mainModule('() => { throw new TypeError("the pond is dry"); }'));

    const ended = await run("app/main.ts");

    expect(ended.stderr).toContain("TypeError: the pond is dry\n    at ");
    expect(ended.code).toBe(1);
  });
});
