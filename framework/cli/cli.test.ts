import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleProject, type SampleProject } from "../test-support/sample-project.ts";

let project: SampleProject;

beforeAll(() => {
  project = createSampleProject();
});

afterAll(() => project.remove());

const secret = { AUTH_SECRET: "a-secret-for-tests-0123456789-abcdefghij" };
const patient = { timeout: 120_000 };

describe("buffkit", patient, () => {
  it("lists its commands by group", async () => {
    const { code, stdout } = await project.cli([]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/Database\n {2}migrate/);
  });

  it("suggests the closest command, with exit code 2", async () => {
    const { code, stderr } = await project.cli(["mirgate"]);

    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean `npx buffkit migrate`?");
    expect(stderr).not.toContain("at ");
  });

  it("explains one command with examples", async () => {
    const { stdout } = await project.cli(["migrate", "--help"]);

    expect(stdout).toContain("--dry-run");
    expect(stdout).toContain("Examples\n  buffkit migrate");
  });

  it("reports a failure as JSON with --json", async () => {
    const { code, stderr } = await project.cli(["jobs:stats", "--json"]);

    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "KIT_CONFIG_INVALID" } });
  });
});

describe("buffkit with an SQLite file that can't be created", patient, () => {
  const environment = { ...secret, NODE_ENV: "development", DATABASE_URL: "sqlite:/proc/nowhere/app.db" };

  it.each(["migrate", "migrate:status", "jobs:stats"])("%s says so, and ends with code 1", async (command) => {
    const { code, stderr } = await project.cli([command], { environment });

    expect(code).toBe(1);
    expect(stderr).toContain("DATABASE_URL: cannot open the database at sqlite:/proc/nowhere/app.db: ");
    expect(stderr).toContain("Check that the folder exists");
  });
});

describe("buffkit secret", patient, () => {
  it("prints nothing but a strong secret", async () => {
    expect((await project.cli(["secret"])).stdout).toMatch(/^[\w-]{64}\n$/);
  });
});

describe("buffkit user:role", patient, () => {
  it("makes a person with a confirmed address an admin, and nobody else", async () => {
    const environment = { ...secret, NODE_ENV: "development", DATABASE_URL: "sqlite:data/roles.db" };
    const people = `await kit.auth.addUser({ email: "ada@example.com", name: "Ada" });
await kit.auth.addUser({ email: "eve@example.com", name: "Eve", isVerified: false });
`;
    await project.cli(["migrate"], { environment });
    await project.cli(["console"], { environment, input: people });

    const promoted = await project.cli(["user:role", "Ada@example.com", "admin"], { environment });
    const again = await project.cli(["user:role", "ada@example.com", "admin", "--json"], { environment });
    const unconfirmed = await project.cli(["user:role", "eve@example.com", "admin"], { environment });
    const unknown = await project.cli(["user:role", "bob@example.com", "admin"], { environment });
    const invalid = await project.cli(["user:role", "ada@example.com", "the boss"], { environment });

    expect(promoted.stdout).toBe("ada@example.com is now admin (was member). They have to log in again.\n");
    expect(JSON.parse(again.stdout)).toEqual({ email: "ada@example.com", role: "admin", before: "admin" });
    expect(unconfirmed).toMatchObject({ code: 1, stderr: expect.stringContaining("hasn't been confirmed") });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no account") });
    expect(invalid).toMatchObject({ code: 2, stderr: expect.stringContaining("expected letters") });
  });
});

describe("buffkit migrate", patient, () => {
  it("applies, shows and undoes migrations", async () => {
    const environment = { DATABASE_URL: "sqlite:data/migrate.db" };

    const applied = await project.cli(["migrate", "--json"], { environment });
    const again = await project.cli(["migrate"], { environment });
    const undone = await project.cli(["migrate:down"], { environment });
    const status = await project.cli(["migrate:status", "--check", "--json"], { environment });

    expect(JSON.parse(applied.stdout).applied).toContain("0001_accounts");
    expect(again.stdout).toBe("No pending migrations.\n");
    expect(undone.stdout).toMatch(/^Undid /);
    expect(status.code).toBe(1);
    expect(JSON.parse(status.stdout).pending).toHaveLength(1);
  });

  it("reports which setting is wrong, without its password", async () => {
    const environment = { DATABASE_URL: "oracle://ann:hunter2@localhost/x" };

    const { code, stderr } = await project.cli(["migrate"], { environment });

    expect(code).toBe(1);
    expect(stderr).toContain("DATABASE_URL");
    expect(stderr).not.toContain("hunter2");
  });

  it("resets nothing without confirmation", async () => {
    const { code, stderr } = await project.cli(["migrate:reset"]);

    expect(code).toBe(1);
    expect(stderr).toContain("--yes");
  });
});

describe("buffkit routes", patient, () => {
  it("lists routes with their guards, without any settings", async () => {
    const { stdout } = await project.cli(["routes", "/account", "--json"]);

    expect(JSON.parse(stdout)).toContainEqual({ method: "GET", path: "/account", guards: ["RequireLogin"] });
  });
});

describe("buffkit doctor", patient, () => {
  it("checks as production with --deploy, and reports everything at once", async () => {
    const environment = { APP_URL: "http://app.example.test", SMTP_URL: "smtp://127.0.0.1:9" };

    const { code, stdout } = await project.cli(["doctor", "--deploy", "--json"], { environment });

    const { findings } = JSON.parse(stdout);
    const about = findings.map((finding: { about: string }) => finding.about);
    expect(code).toBe(1);
    expect(about).toEqual(expect.arrayContaining(["build", "authSecret", "appUrl", "migrations", "mail", "csrf"]));
  });

  it("reports which routes other sites can call, and no others", async () => {
    const { stdout } = await project.cli(["doctor", "--json"], { environment: secret });

    const { findings } = JSON.parse(stdout);
    const exempt = findings.filter((finding: { about: string }) => finding.about === "csrf");
    expect(exempt).toEqual([
      { kind: "note", about: "csrf", text: expect.stringContaining("can call POST /hooks/:provider:") },
    ]);
  });
});

describe("buffkit console", patient, () => {
  it("has the app loaded", async () => {
    const environment = { ...secret, DATABASE_URL: "sqlite::memory:" };

    const { stdout } = await project.cli(["console"], { environment, input: "await kit.countUsers()\n" });

    expect(stdout).toContain("0");
  });
});

describe("buffkit importmap", patient, () => {
  it("pins and unpins", async () => {
    await project.cli(["importmap:pin", "confetti", "https://cdn.example.test/confetti.js"]);
    const pinned = await project.cli(["importmap:list", "--json"]);
    await project.cli(["importmap:unpin", "confetti"]);
    const unpinned = await project.cli(["importmap:list", "--json"]);

    expect(JSON.parse(pinned.stdout).imports.confetti).toBe("https://cdn.example.test/confetti.js");
    expect(JSON.parse(unpinned.stdout).imports.confetti).toBeUndefined();
  });

  it("downloads a module once, and serves it from the app's own host", async () => {
    project.write(
      "fake-network.mjs",
      `globalThis.fetch = async () =>
        new Response("export const party = 1;", { headers: { "Content-Type": "text/javascript" } });`,
    );
    const environment = { NODE_OPTIONS: "--import ./fake-network.mjs" };

    const pinned = await project.cli(["importmap:pin", "party", "https://cdn.example.test/party.js", "--download"], {
      environment,
    });
    const { imports } = JSON.parse((await project.cli(["importmap:list", "--json"])).stdout);

    const [, file] = /to (vendor\/party\.[0-9a-f]{8}\.js)\./.exec(pinned.stdout) ?? [];
    expect(imports.party).toMatch(/^\/assets\/vendor\/party\./);
    expect(readFileSync(join(project.folder, "public", file ?? ""), "utf8")).toBe("export const party = 1;");
  });

  it("vendors an installed package with its imports, and reports later that nothing is outdated", async () => {
    const vendored = await project.cli(["importmap:vendor", "zod/mini"]);
    const again = await project.cli(["importmap:vendor"]);
    const { imports } = JSON.parse((await project.cli(["importmap:list", "--json"])).stdout);

    expect(vendored).toMatchObject({ code: 0, stdout: expect.stringContaining("Vendored zod/mini as vendor/zod@") });
    expect(again.stdout).toBe("All vendored packages are up to date.\n");
    expect(imports["zod/mini"]).toContain("/vendor/zod@");
  });
});

describe("buffkit start", patient, () => {
  it("refuses to start without a build", async () => {
    const { code, stderr } = await project.cli(["start"]);

    expect(code).toBe(1);
    expect(stderr).toContain("npm run build");
  });
});
