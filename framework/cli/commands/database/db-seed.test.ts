import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleProject, type SampleProject } from "../../../test-support/sample-project.ts";

let project: SampleProject;

beforeAll(() => {
  project = createSampleProject();
  project.write(
    "seeds/0001_ann.ts",
    `import type { Seed } from "buffkit";
export const seed: Seed = async ({ auth }) => {
  await auth.addUser({ email: "ann@example.com", name: "Ann" });
};
`,
  );
});

afterAll(() => project.remove());

describe("buffkit db:seed", { timeout: 120_000 }, () => {
  it("fills a migrated database from the files in seeds/", async () => {
    const environment = {
      AUTH_SECRET: "a-secret-for-tests-0123456789-abcdefghij",
      DATABASE_URL: "sqlite:data/seed.db",
      BUFFKIT_MIGRATE: "1",
    };

    const { code, stdout, stderr } = await project.cli(["db:seed", "--json"], { environment });

    expect(stderr).toBe("");
    expect([code, JSON.parse(stdout)]).toEqual([0, { seeded: ["0001_ann"] }]);
  });
});
