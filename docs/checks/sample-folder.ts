import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { frameworkSources, isPackageBuilt, linkPackages } from "../../framework/test-support/link-packages.ts";
import { projectFolder, type Sample } from "./samples.ts";

/** A folder outside the project with the samples as a reader would have them; `buffkit` is the built package, else the sources. */
export interface SampleFolder {
  readonly path: string;
  write(file: string, text: string): void;
  read(file: string): string;
  /** Runs a program of `node_modules/.bin` or node itself; answers what it printed and how it ended. */
  run(
    command: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): { readonly code: number | null; readonly output: string };
  remove(): void;
}

const publicNames = ["buffkit", "buffkit/testing", "buffkit/testing/playwright", "buffkit/components", "buffkit/mail"];

export function createSampleFolder(): SampleFolder {
  const path = createFolder();
  linkPackages(path);
  writeFileSync(join(path, "tsconfig.json"), JSON.stringify(compilerSettings()));
  return folderAt(path);
}

/** The same, but `buffkit` resolves to the built package, as npm would install it, and there are no settings. */
export function createInstalledFolder(): SampleFolder {
  const path = createFolder();
  const modules = join(path, "node_modules");
  mkdirSync(modules);
  for (const name of ["package.json", "dist", "public"]) {
    cpSync(join(projectFolder, name), join(modules, "buffkit", name), { recursive: true });
  }
  mkdirSync(join(modules, "buffkit", "node_modules"));
  for (const name of readdirSync(join(projectFolder, "node_modules"))) {
    // Readers don't install Kysely: it is the framework's own.
    const place = name === "kysely" ? join(modules, "buffkit", "node_modules") : modules;
    symlinkSync(join(projectFolder, "node_modules", name), join(place, name));
  }
  return folderAt(path);
}

function createFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "buffkit-docs-"));
  writeFileSync(join(path, "package.json"), JSON.stringify({ type: "module" }));
  return path;
}

function folderAt(path: string): SampleFolder {
  return {
    path,
    write(file, text) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    read: (file) => readFileSync(join(path, file), "utf8"),
    run(command, args, environment = {}) {
      const program = programOf(path, command);
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
      const { status, stdout, stderr } = spawnSync(program[0] ?? "", [...program.slice(1), ...args], {
        cwd: path,
        env,
        encoding: "utf8",
      });
      return { code: status, output: `${stdout}${stderr}` };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function programOf(path: string, command: string): readonly string[] {
  if (command === "node") return [process.execPath];
  if (command === "buffkit") return [process.execPath, join(path, "node_modules/buffkit/dist/framework/cli/main.js")];
  return [join(path, "node_modules", ".bin", command)];
}

/** The project's settings; if the package isn't built, its names resolve to the sources. */
function compilerSettings(): object {
  const settings = JSON.parse(readFileSync(join(projectFolder, "tsconfig.json"), "utf8"));
  const doors: Record<string, string[]> = settings.compilerOptions.paths;
  const sources = Object.fromEntries(publicNames.map((name) => [name, (doors[name] ?? []).map(inProject)]));
  const paths = isPackageBuilt ? {} : sources;
  return {
    compilerOptions: { ...settings.compilerOptions, paths },
    include: ["**/*.ts", "**/*.tsx", ...frameworkSources],
    exclude: ["**/*.test.ts", "**/*.test.tsx"].map(inProject),
  };
}

function inProject(relativePath: string): string {
  return join(projectFolder, relativePath);
}

/** A sample as a function that runs it on an app, and returns what the expression says. */
export function asInstaller(sample: Sample, names: readonly string[], result: string): string {
  return [
    `import { ${names.join(", ")} } from "buffkit";`,
    'import { Hono } from "hono";',
    'import { z } from "zod";',
    "export function install(app, kit) {",
    sample.text,
    `return ${result};`,
    "}",
  ].join("\n");
}

/**
 * A block as a module. One with imports is complete; any other may use every name of `buffkit`, plus an `app`, a `kit` and a context `c`.
 */
export function asModule(sample: Sample, names: readonly string[]): string {
  if (/^import /m.test(sample.text)) return sample.text;
  const defined = new Set(
    [...sample.text.matchAll(/^(?:export )?(?:const|let|function|async function|class) (\w+)/gm)].map(
      ([, name]) => name,
    ),
  );
  const given = { app: "Hono", kit: "Kit", c: "Context" };
  const declared = Object.entries(given).filter(([name]) => !defined.has(name));
  return [
    `import { ${names.filter((name) => !defined.has(name)).join(", ")} } from "buffkit";`,
    'import type { Config, Handler, Kit, Layout, LayoutProps, LoggedIn, Part, PartApp, PartTopics, User } from "buffkit";',
    'import { type Context, Hono } from "hono";',
    'import { z } from "zod";',
    ...declared.map(([name, type]) => `declare const ${name}: ${type};`),
    "",
    sample.text,
    "export {};",
  ].join("\n");
}
