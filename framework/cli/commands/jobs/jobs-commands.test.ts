import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleProject, type SampleProject } from "../../../test-support/sample-project.ts";

// A job that fails until the environment says that it is fixed.
const app = `import { type Config, type Kit, wire } from "buffkit";
import { Hono } from "hono";
import { z } from "zod";

export async function createApp(config: Config): Promise<{ app: Hono; kit: Kit }> {
  const app = new Hono();
  const kit = await wire(app, { appName: "Sample", jobs: { pollMs: 50, queues: { reports: 1 } }, ...config });
  kit.jobs.define("report", {
    schema: z.object({ day: z.string() }),
    queue: "reports",
    attempts: 1,
    handler({ day }) {
      console.log("tried " + day);
      if (!process.env.FIXED) throw new RangeError("no paper for " + day);
    },
  });
  return { app, kit };
}
`;

let project: SampleProject;
const environment = {
  AUTH_SECRET: "a-secret-for-tests-0123456789-abcdefghij",
  DATABASE_URL: "sqlite:data/jobs.db",
  NODE_ENV: "development",
};
const patient = { timeout: 120_000 };

beforeAll(async () => {
  project = createSampleProject();
  project.write("app/app.tsx", app);
  await project.cli(["migrate"], { environment });
  const input = 'await kit.jobs.enqueue("report", { day: "monday" })\n';
  await project.cli(["console"], { environment, input });
}, 120_000);

afterAll(() => project.remove());

async function stats() {
  return JSON.parse((await project.cli(["jobs:stats", "--json"], { environment })).stdout);
}

/** The counts of this queue alone: at some minutes of the hour the framework's own jobs are due in another one. */
function reportsIn(statistics: { readonly queues: readonly { readonly queue: string }[] }) {
  return statistics.queues.find(({ queue }) => queue === "reports");
}

describe("buffkit jobs", patient, () => {
  it("runs jobs until it is stopped, counts them, and retries a dead one", async () => {
    const failed = await project.cliUntil(["jobs:work", "--queues", "reports"], /tried monday/, { environment });
    const afterFailure = await stats();
    const [dead] = afterFailure.dead;
    const shown = await project.cli(["jobs:stats"], { environment });
    const retried = await project.cli(["jobs:retry", dead.id], { environment });
    const afterRetry = await stats();
    const fixed = { ...environment, FIXED: "1" };
    const words = ["jobs:work", "--queues", "reports", "--concurrency", "2"];
    const done = await project.cliUntil(words, /tried monday/, { environment: fixed });
    const afterwards = await stats();

    expect(failed).toMatchObject({ code: 0, stderr: expect.stringContaining("Running jobs from reports (database)") });
    expect(reportsIn(afterFailure)).toMatchObject({ ready: 0, done: 0, dead: 1 });
    expect(dead).toMatchObject({ name: "report", lastError: expect.stringContaining("no paper for monday") });
    expect(shown.stdout).toContain(`${dead.id}  report`);
    expect(retried.stdout).toBe(`Retrying ${dead.id}\n`);
    expect(reportsIn(afterRetry)).toMatchObject({ ready: 1, dead: 0 });
    expect(done.code).toBe(0);
    expect(reportsIn(afterwards)).toMatchObject({ ready: 0, done: 1, dead: 0 });
  });

  it("runs no jobs in the console", async () => {
    const input = 'await kit.jobs.enqueue("report", { day: "tuesday" })\n';

    const { stdout } = await project.cli(["console"], { environment, input });

    expect(stdout).not.toContain("tried tuesday");
    expect((await stats()).totals.ready).toBeGreaterThan(0);
  });

  it("refuses to retry a job that doesn't exist", async () => {
    const { code, stderr } = await project.cli(["jobs:retry", "nothing"], { environment });

    expect(code).toBe(1);
    expect(stderr).toContain("nothing");
  });
});
