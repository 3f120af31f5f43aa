import { spawn } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { frameworkSources, isPackageBuilt, linkPackages } from "./link-packages.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard input, which is then closed. */
  readonly input?: string;
}

/** A small app in its own folder, laid out as by `npm create buffkit`, that uses this repository's sources; for tests of commands. */
export interface SampleProject {
  readonly folder: string;
  write(file: string, text: string): void;
  /** Runs `buffkit …` there. */
  cli(words: readonly string[], options?: RunOptions): Promise<CliResult>;
  /** Runs `buffkit …` there until its output matches, then sends SIGTERM. */
  cliUntil(words: readonly string[], printed: RegExp, options?: RunOptions): Promise<CliResult>;
  /** Runs a tool from node_modules/ there. */
  tool(script: string, words: readonly string[]): Promise<CliResult>;
  remove(): void;
}

/** On the built package if `npm test` has built it, else on the framework's sources. */
export function createSampleProject(): SampleProject {
  const folder = mkdtempSync(join(tmpdir(), "buffkit-cli-"));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(sampleFiles)) write(file, text);
  write("tsconfig.json", compilerSettings());
  copyFileSync(join(repository, "app", "layout.tsx"), join(folder, "app", "layout.tsx"));
  cpSync(join(repository, "app", "public"), join(folder, "public"), { recursive: true });
  cpSync(join(repository, "biome.json"), join(folder, "biome.json"));
  linkPackages(folder);
  const command = isPackageBuilt
    ? [join(repository, "dist", "framework", "cli", "main.js")]
    : ["--import", "tsx", join(repository, "framework", "cli", "main.ts")];
  return {
    folder,
    write,
    cli: (words, options) => run(folder, [...command, ...words], options),
    cliUntil: (words, printed, options) => run(folder, [...command, ...words], { ...options, until: printed }),
    tool: (script, words) => run(folder, [join(repository, "node_modules", script), ...words]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const sampleFiles = {
  "package.json": JSON.stringify({ name: "sample", type: "module", buffkit: { main: "app/main.ts", root: "." } }),
  "vitest.config.ts": `import config from ${JSON.stringify(join(repository, "vitest.config.ts"))};

const test = { ...config.test, root: import.meta.dirname };
// The built framework loads the project's migrations as they are: TypeScript.
const onPackage = { ...config, resolve: {}, test: { ...test, execArgv: ["--import", "tsx"] } };
export default ${isPackageBuilt ? "onPackage" : "{ ...config, test }"};
`,
  ".gitignore": "node_modules/\ndata/\n",
  "app/app.tsx": `import { type Config, type Kit, wire } from "buffkit";
import { Hono } from "hono";
import { Layout } from "./layout.tsx";

export async function createApp(config: Config): Promise<{ app: Hono; kit: Kit }> {
  const app = new Hono();
  const kit = await wire(app, {
    appName: "Sample",
    layout: Layout,
    parts: [],
    secure: { csrfExempt: { payments: "/hooks/*" } },
    ...config,
  });
  app.post("/hooks/:provider", (c) => c.text("thank you"));
  app.post("/notes", (c) => c.text("noted"));
  return { app, kit };
}
`,
  "app/main.ts": `import { start } from "buffkit";
import { createApp } from "./app.tsx";

await start(createApp, import.meta.url);
`,
};

function compilerSettings(): string {
  const source = (name: string) => [join(repository, `${name}.ts`)];
  const sources = {
    buffkit: source("framework/index"),
    "buffkit/testing": source("framework/testing/index"),
    "buffkit/testing/playwright": source("framework/testing/playwright/index"),
    "buffkit/components": source("components/index"),
    "buffkit/mail": source("mail/index"),
  };
  return JSON.stringify({
    extends: join(repository, "tsconfig.json"),
    compilerOptions: {
      typeRoots: [join(repository, "node_modules", "@types")],
      paths: isPackageBuilt ? {} : sources,
    },
    include: ["app", "components", "mail", "migrations", ...frameworkSources],
    exclude: [join(repository, "**", "*.test.ts"), join(repository, "**", "*.test.tsx")],
  });
}

/** The environment, without the settings of the person running the tests. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const settings =
    /^(PORT|HOST|NODE_ENV|NODE_OPTIONS|APP_URL|AUTH_SECRET|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL|MAIL_FROM|TRUST_PROXY|LOG_LEVEL|VITEST.*|BUFFKIT_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

interface RunUntil extends RunOptions {
  readonly until?: RegExp;
}

function run(folder: string, args: readonly string[], options: RunUntil = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: folder,
      env: { ...ownEnvironment(), ...options.environment },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        output[name] += chunk.toString();
        if (options.until?.test(output.stdout) && !child.killed) child.kill("SIGTERM");
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...output }));
    child.stdin.end(options.input ?? "");
  });
}
