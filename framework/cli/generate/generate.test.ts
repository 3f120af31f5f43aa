import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleProject, type SampleProject } from "../../test-support/sample-project.ts";

let project: SampleProject;

beforeAll(() => {
  project = createSampleProject();
});

afterAll(() => project.remove());

const patient = { timeout: 300_000 };
const everyType = [
  "title:string:80:unique",
  "body:text",
  "pages:integer:nullable",
  "price:number",
  "is_public:boolean",
  "day:date",
  "published_at:datetime:nullable",
  "contact:email:nullable",
  "home:url",
];

function read(file: string): string {
  return readFileSync(join(project.folder, file), "utf8");
}

describe("generate", patient, () => {
  it("writes code that is formatted, type-checks, migrates and passes its own tests", async () => {
    const requests = [
      ["resource", "BlogPost", ...everyType],
      ["g:resource", "person", "name", "blog_post:references", "nick:string:nullable:unique"],
      ["resource", "report", "title", "person:references:nullable"],
      ["model", "sheep", "weight:integer"],
      ["action", "reports/weekly"],
      ["component", "badge"],
      ["job", "prune_people", "before:datetime"],
      ["mailer", "OrderShipped"],
      ["sse", "ticker"],
      ["migration", "add_slug_to_blog_posts", "slug:string:nullable:unique"],
      ["migration", "remove_weight_from_sheep_list", "weight:integer"],
    ];
    for (const [generator = "", ...words] of requests) {
      const command = generator.startsWith("g:") ? [generator] : ["generate", generator];
      expect(await project.cli([...command, ...words])).toMatchObject({ code: 0 });
    }

    const types = await project.tool("typescript/bin/tsc", ["--noEmit", "-p", "."]);
    const style = await project.tool("@biomejs/biome/bin/biome", [
      "check",
      "app/parts",
      "app/jobs",
      "components",
      "mail",
      "migrations",
    ]);
    const migrated = await project.cli(["migrate"]);
    const reset = await project.cli(["migrate:reset", "--yes"]);
    const tests = await project.tool("vitest/vitest.mjs", ["run"]);

    expect(types).toMatchObject({ code: 0, stdout: "" });
    expect(style).toMatchObject({ code: 0 });
    expect(migrated.stdout).toContain("_create_people");
    expect(reset).toMatchObject({ code: 0 });
    expect(tests, tests.stdout + tests.stderr).toMatchObject({ code: 0 });
  });

  it("offers the rows a reference can point to in a select", async () => {
    await project.cli(["g", "resource", "plan", "user:references"]);

    expect(read("app/parts/plans/pages.tsx")).toMatch(/type="select"[^/]*\.\.\.choices\.user_id/);
    expect(read("app/parts/plans/choices.ts")).toContain('user_id: await choicesOf(db, "users")');
  });

  it("refers to a table with a different name than the field", async () => {
    await project.cli(["g", "resource", "errand", "title", "creator:references:users"]);

    const migrations = readdirSync(join(project.folder, "migrations")).filter((name) => name.includes("errands"));
    expect(read(`migrations/${migrations[0]}`)).toContain('["creator_id"], "users", ["id"]');
    expect(read("app/parts/errands/choices.ts")).toContain('creator_id: await choicesOf(db, "users")');
  });

  it("prints the planned files with their text in a dry run with --json, and writes nothing", async () => {
    const { stdout } = await project.cli(["g", "action", "contact", "--dry-run", "--json"]);

    const { files } = JSON.parse(stdout);
    expect(files[0]).toMatchObject({ action: "create", text: expect.stringContaining("contact") });
    expect(
      files.every(({ path }: { path: string }) => path.includes("app.tsx") || !existsSync(join(project.folder, path))),
    ).toBe(true);
    expect(read("app/app.tsx")).not.toContain("contact");
  });

  it("adds a new part to the app", async () => {
    expect((await project.cli(["g", "action", "about"])).stdout).toContain("updated  app/app.tsx");
    expect((await project.cli(["routes", "/about"])).stdout).toMatch(/^GET +\/about$/m);
  });

  it("writes nothing if one of the files exists", async () => {
    project.write("components/chip.test.tsx", "// mine\n");

    const { code, stderr } = await project.cli(["g", "component", "chip"]);

    expect(code).toBe(1);
    expect(stderr).toContain("components/chip.test.tsx already exists");
    expect(read("components/chip.test.tsx")).toBe("// mine\n");
    expect(existsSync(join(project.folder, "components/chip.tsx"))).toBe(false);
  });

  it("applies the app's own templates", async () => {
    project.write("generators/component/css.mjs", "export default (text) => '/* ours */\\n' + text;\n");

    await project.cli(["g", "component", "ribbon"]);

    expect(read("public/ribbon.css")).toMatch(/^\/\* ours \*\/\n\.ribbon/);
  });

  it("writes nothing in a dry run", async () => {
    const { stdout } = await project.cli(["g", "mailer", "farewell", "--dry-run"]);

    expect(stdout).toContain("would create  mail/messages/farewell.tsx");
    expect(existsSync(join(project.folder, "mail/messages/farewell.tsx"))).toBe(false);
  });

  it("refuses a migration whose name exists with another time", async () => {
    await project.cli(["make:migration", "create_tags"]);

    expect((await project.cli(["make:migration", "CreateTags"])).stderr).toContain("already exists");
  });
});
