import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleProject, type SampleProject } from "../../test-support/sample-project.ts";

let project: SampleProject;

beforeAll(() => {
  project = createSampleProject();
});

afterAll(() => project.remove());

const patient = { timeout: 600_000 };
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

/** A test of the generated code with more rows than a list and a select show. */
const manyTest = `import { createTestKit, type TestKit } from "buffkit/testing";
import { expect, it } from "vitest";
import { createApp } from "./app.tsx";

async function fill({ kit }: TestKit, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    ...{ id: \`c\${at}\`, name: \`Category \${String(at).padStart(3, "0")}\`, parent_id: null },
    ...{ created_at: at, changed_at: at },
  }));
  await kit.db.insertInto("categories").values(rows).execute();
}

it("continues a long list on the next page", async () => {
  await using test = await createTestKit(createApp);
  const ann = test.client.as(await test.createUser({ name: "Ann" }));
  await fill(test, 51);

  const first = await ann.get("/categories?page=nonsense");
  const second = await ann.get("/categories?q=category&page=2");
  const third = await ann.get("/categories?page=3");

  expect(first.text.match(/<tr id/g)).toHaveLength(50);
  expect(first.text).toContain('href="/categories?q=&amp;page=2">Next');
  expect(second.text.match(/<tr id/g)).toHaveLength(1);
  expect(second.text).toContain('href="/categories?q=category&amp;page=1">Previous');
  expect(second.text).not.toContain("Next");
  expect(third.text).toContain("No categories found.");
});

it("finds what was searched for, letter by letter", async () => {
  await using test = await createTestKit(createApp);
  const ann = test.client.as(await test.createUser({ name: "Ann" }));
  await fill(test, 3);
  await test.kit.db.updateTable("categories").set({ name: "100% Über_fun" }).where("id", "=", "c1").execute();
  await test.kit.db.updateTable("categories").set({ parent_id: "c1" }).where("id", "=", "c2").execute();

  const rows = async (q: string) => {
    const { text } = await ann.get(\`/categories?\${new URLSearchParams({ q })}\`);
    return text.match(/(?<=<tr id="category-)c\\d/g);
  };

  // What is below it, too: its name is in the list.
  expect(await rows("0% Über_F")).toEqual(["c2", "c1"]);
  expect(await rows("category_00")).toBeNull();
  expect(await rows("!")).toBeNull();
});

it("follows the names of what it refers to", async () => {
  await using test = await createTestKit(createApp);
  const user = await test.createUser({ name: "Ann" });
  const ann = test.client.as(user);
  const times = { created_at: 0, changed_at: 0 };
  const { db } = test.kit;
  await db.insertInto("reports").values({ id: "r1", title: "Old title", ...times }).execute();
  await db
    .insertInto("checks")
    .values({ id: "c1", is_done: true, code: "one", user_id: user.id, report_id: "r1", ...times })
    .execute();
  const { text } = await ann.get("/checks");
  const page = await ann.listen();

  await db.updateTable("reports").set({ title: "New title" }).execute();

  expect(text).toContain("<td>Ann</td><td>Old title</td>");
  expect((await page.next()).data).toContain("<td>Ann</td><td>New title</td>");
});

it("says that a select doesn't list everything, and lists what is chosen", async () => {
  await using test = await createTestKit(createApp);
  const ann = test.client.as(await test.createUser({ name: "Ann" }));
  await fill(test, 501);
  await test.kit.db.updateTable("categories").set({ parent_id: "c500" }).where("id", "=", "c0").execute();

  const create = await ann.get("/categories/new");
  const edit = await ann.get("/categories/c0/edit");

  expect(create.text).toContain("Only 500 are listed");
  expect(create.text).not.toContain("Category 500");
  expect(edit.text).toMatch(/<option value="c500" selected="">Category 500/);
});
`;

describe("generate", patient, () => {
  it("writes code that is formatted, type-checks, migrates and passes its own tests", async () => {
    const requests = [
      ["resource", "BlogPost", ...everyType],
      ["g:resource", "person", "name", "blog_post:references", "nick:string:nullable:unique"],
      ["resource", "report", "title", "person:references:nullable"],
      ["resource", "category", "name", "parent:references:categories:nullable"],
      ["resource", "check", "is_done:boolean", "code:string:4:unique", "user:references", "report:references"],
      ["resource", "parcel", "label", "crate:references:nullable"],
      ["model", "sheep", "weight:integer"],
      ["action", "reports/weekly"],
      ["component", "badge"],
      ["job", "prune_people", "before:datetime"],
      ["mailer", "OrderShipped"],
      ["sse", "ticker"],
      ["migration", "add_slug_to_blog_posts", "slug:string:nullable:unique"],
      ["migration", "remove_weight_from_sheep_list", "weight:integer"],
    ];
    project.write("app/many.test.ts", manyTest);
    // A table that the generator can't know.
    project.write(
      "migrations/20200101000000_create_crates.ts",
      `import { columnsFor, type Kysely } from "buffkit";

export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("crates")
    .addColumn("id", column.id, (c) => c.primaryKey())
    .addColumn("title", column.string(40))
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("crates").execute();
}
`,
    );
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

  it("offers the rows a reference can point to in a select, and shows their names in the list", async () => {
    await project.cli(["g", "resource", "plan", "user:references"]);

    expect(read("app/parts/plans/pages.tsx")).toMatch(/type="select"[^/]*\.\.\.choices\.user_id/);
    expect(read("app/parts/plans/choices.ts")).toContain('.select(["id as value", "name as label"])');
    expect(read("app/parts/plans/plans.ts")).toContain('.select("user.name as user_label")');
    expect(read("app/parts/plans/plan-list.tsx")).toContain("{plan.user_label}");
  });

  it("refers to a table with a different name than the field", async () => {
    await project.cli(["g", "resource", "errand", "title", "creator:references:users"]);

    const migrations = readdirSync(join(project.folder, "migrations")).filter((name) => name.includes("errands"));
    expect(read(`migrations/${migrations[0]}`)).toContain('["creator_id"], "users", ["id"]');
    expect(read("app/parts/errands/errands.ts")).toContain(
      '.leftJoin("users as creator", "creator.id", "errands.creator_id")',
    );
  });

  it("finds out when it runs what the rows of an unknown table are called, and says what to do about the list", async () => {
    const { stdout } = await project.cli(["g", "resource", "cart", "wagon:references"]);

    expect(stdout).toContain("Create the table wagons, add it to `interface Tables`, and join it in carts.ts");
    expect(read("app/parts/carts/choices.ts")).toContain(
      'wagon_id: offer(await rowsOf(db, "wagons", chosen.wagon_id))',
    );
    expect(read("app/parts/carts/cart-list.tsx")).toContain("{cart.wagon_id}");
    expect(read("app/parts/carts/part.test.ts")).not.toContain("createParents");
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
