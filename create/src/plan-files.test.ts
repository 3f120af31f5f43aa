import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPackageBuilt, linkPackages } from "../../framework/test-support/link-packages.ts";
import { type Choices, completeChoices, partChoices } from "./part-choices.ts";
import { type PlannedFile, planFiles, readTemplate, type Template } from "./plan-files.ts";
import { ProjectFolder } from "./project-folder.ts";
import { makeTemplate } from "./test-template.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const location = { name: "my-app", title: "My app" };
let made: ReturnType<typeof makeTemplate>;
let template: Template;

beforeAll(() => {
  made = makeTemplate();
  template = readTemplate(made.file);
});

afterAll(() => rmSync(made.folder, { recursive: true, force: true }));

/** Every possible set of parts. */
function everyChoice(): readonly Choices[] {
  const sets = Array.from({ length: 2 ** partChoices.length }, (_, bits) =>
    Object.fromEntries(partChoices.map(({ id }, at) => [id, (bits & (1 << at)) !== 0])),
  );
  return sets.map((set) => completeChoices(set)).filter((choices) => choices !== null);
}

function plan(choices: Choices): readonly PlannedFile[] {
  return planFiles(template, { choices, location, secret: "a-secret" });
}

function textOf(files: readonly PlannedFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? "";
}

/** The files a source file imports by relative path. */
function importsOf({ path, text }: PlannedFile): string[] {
  const specifiers = [...text.matchAll(/\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"/gm)].map(
    ([, one, other]) => one ?? other,
  );
  return specifiers.map((specifier) => posix.join(posix.dirname(path), specifier ?? ""));
}

/** Type-checks an app against the built package, else the framework's sources; returns the compiler's output about the app's own files. */
function typeProblems(name: string, choices: Choices, more: readonly PlannedFile[] = []): string {
  const folder = join(made.folder, name);
  new ProjectFolder(folder).write([...plan(choices), ...more]);
  linkPackages(folder);
  const doors = { "": "framework", "/testing": "framework/testing", "/components": "components", "/mail": "mail" };
  const paths = Object.entries(doors).map(([door, room]) => [`buffkit${door}`, [join(repository, room, "index.ts")]]);
  const compilerOptions = { paths: isPackageBuilt ? {} : Object.fromEntries(paths), rootDir: "/" };
  writeFileSync(join(folder, "tsconfig.test.json"), JSON.stringify({ extends: "./tsconfig.json", compilerOptions }));
  const tsc = join(repository, "node_modules", "typescript", "bin", "tsc");
  const projects = ["tsconfig.test.json", ...(choices.gherkin ? ["features"] : [])];
  const outputs = projects.map(
    (project) => spawnSync(process.execPath, [tsc, "-p", project], { cwd: folder, encoding: "utf8" }).stdout,
  );
  return outputs
    .flatMap((stdout) => stdout.split("\n"))
    .filter((line) => /^\w/.test(line))
    .join("\n");
}

describe("a new app with any set of parts", () => {
  it("has no duplicate paths", () => {
    const doubled = everyChoice().filter((choices) => {
      const paths = plan(choices).map(({ path }) => path);
      return new Set(paths).size !== paths.length;
    });

    expect(doubled).toEqual([]);
  });

  it("imports only files that exist", () => {
    const missing = everyChoice().flatMap((choices) => {
      const files = plan(choices);
      const paths = new Set(files.map(({ path }) => path));
      const sources = files.filter(({ path }) => /\.tsx?$/.test(path));
      return sources.flatMap((file) => importsOf(file).filter((target) => !paths.has(target)));
    });

    expect(missing).toEqual([]);
  });

  it("has no markers or placeholders left", () => {
    const left = everyChoice().flatMap((choices) => plan(choices).filter(({ text }) => /<<[\w!]/.test(text)));

    expect(left).toEqual([]);
  });

  it("has every file of its parts", () => {
    const wanted = [
      "package.json",
      ".gitignore",
      ".env",
      ".env.example",
      "README.md",
      "AGENTS.md",
      ".github/workflows/ci.yml",
    ];

    const lacking = everyChoice().filter((choices) => wanted.some((path) => textOf(plan(choices), path) === ""));

    expect(lacking).toEqual([]);
  });
});

describe("a new app", () => {
  const everything = { login: true, mail: true, jobs: true, board: true, docker: true, gherkin: true };
  const nothing = { login: false, mail: false, jobs: false, board: false, docker: false, gherkin: false };

  it("contains its name and its secret", () => {
    const files = plan(everything);

    expect(JSON.parse(textOf(files, "package.json")).name).toBe("my-app");
    expect(textOf(files, ".env")).toContain("AUTH_SECRET=a-secret");
    expect(textOf(files, "app/app.tsx")).toContain('appName: "My app"');
  });

  it("has no code of parts that weren't chosen", () => {
    const text = plan(nothing)
      .map((file) => `${file.path}\n${file.text}`)
      .join("\n");

    expect(text).not.toMatch(/boards|UserMenu|RequireLogin|daily-report|sendLater|docker/i);
  });

  it("has no trace of Gherkin unless it's chosen", () => {
    const text = plan({ ...everything, gherkin: false })
      .map((file) => `${file.path}\n${file.text}`)
      .join("\n");

    expect(text).not.toMatch(/bddgen|playwright-bdd|^features\//m);
  });

  it("type-checks with every part", { timeout: 120_000 }, () => {
    expect(typeProblems("everything", everything)).toBe("");
  });

  it("refuses a topic that no part declares", { timeout: 120_000 }, () => {
    const text = `import type { Kit } from "buffkit";

export function tell({ broker }: Kit): void {
  void broker.broadcast("changed", 1, { to: "board:7" });
  void broker.broadcast("changed", 1, { to: "user:7" });
  // @ts-expect-error: a misspelled topic.
  void broker.broadcast("changed", 1, { to: "bored:7" });
}
`;

    expect(typeProblems("topics-board", everything, [{ path: "app/tell.ts", text }])).toBe("");
  });

  it("broadcasts nothing but who is editing a card", () => {
    const files = everyChoice().flatMap((choices) => plan(choices).filter(({ text }) => /\.broadcast/.test(text)));

    const code = files.map(({ path }) => path).filter((path) => path.startsWith("app/"));
    expect([...new Set(code)]).toEqual(["app/parts/boards/card-routes.tsx"]);
  });

  it("type-checks without any optional part", { timeout: 120_000 }, () => {
    expect(typeProblems("nothing", nothing)).toBe("");
  });
});
