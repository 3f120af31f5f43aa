import { describe, expect, it } from "vitest";
import type { DevKit } from "./dev-kit.ts";
import { createTestApp, textOf } from "./test-app.ts";

describe("createDevPart", () => {
  it("refuses to be mounted on a production kit", () => {
    expect(() => createTestApp({ kit: { dev: false } })).toThrow(
      expect.objectContaining({ code: "DEV_IN_PRODUCTION" }),
    );
  });

  it("refuses other hosts, so that no site can read mails through DNS rebinding", async () => {
    const { app } = createTestApp();

    expect((await app.request("http://evil.example/__mail")).status).toBe(404);
    expect((await app.request("http://127.0.0.1:3000/__mail")).status).toBe(200);
  });

  it("keeps its pages out of caches and allows only scripts from files", async () => {
    const { headers } = await createTestApp().app.request("/__mail");

    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Content-Security-Policy")).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
  });

  it("serves its script and style sheet", async () => {
    const { app } = createTestApp();

    expect((await app.request("/__dev/dev.js")).headers.get("Content-Type")).toMatch(/javascript/);
    expect((await app.request("/__dev/dev.css")).headers.get("Content-Type")).toMatch(/css/);
  });
});

describe("/__dev", () => {
  it("shows figures, components, import map, migrations and routes", async () => {
    const { app } = createTestApp({
      kit: {
        countUsers: async () => 7,
        components: { names: () => ["bk-card"] },
        importMap: { list: () => [{ specifier: "htmx", url: "/assets/htmx.js" }] },
        migrator: {
          status: async () => ({ entries: [{ name: "0001_users", appliedAt: null }], pending: [], problems: [] }),
          up: async () => [],
        },
      },
    });
    app.get("/boards/:id", (c) => c.text("board"));

    const page = await textOf(app.request("/__dev"));

    for (const words of [
      "SSE connections",
      "Pending jobs",
      ">7<",
      "bk-card",
      "/assets/htmx.js",
      "0001_users",
      "/boards/:id",
    ]) {
      expect(page).toContain(words);
    }
  });

  it("shows the error of a failing part, and the rest", async () => {
    const { app } = createTestApp({
      kit: {
        migrator: { status: () => Promise.reject(new Error("no database")), up: async () => [] },
        components: { names: () => ["bk-card"] },
      },
    });

    expect(await textOf(app.request("/__dev"))).toMatch(/bk-card[\s\S]*no database/);
  });
});

describe("/__dev/jobs", () => {
  const record = {
    id: "job-1",
    queue: "mail",
    name: "mail.deliver",
    state: "dead",
    payload: { to: 1 },
    priority: 0,
    attempts: 8,
    maxAttempts: 8,
    runAt: 0,
    createdAt: 0,
    startedAt: 0,
    finishedAt: 0,
    lastError: "Error: <refused>",
  } as const;

  function withJobs() {
    const retried: string[] = [];
    const totals = { ready: 2, delayed: 3, running: 0, done: 5, dead: 1 };
    const jobs: NonNullable<DevKit["jobs"]> = {
      engine: "database",
      stats: async () => ({ engine: "database", totals, queues: [], schedules: [] }),
      list: async () => [],
      dead: async () => [record],
      retry: async (id) => retried.push(id) > 0,
      cancel: async () => true,
      start: async () => {},
      onChange: () => () => {},
    };
    return { ...createTestApp({ kit: { jobs } }), retried };
  }

  it("shows failed jobs with their errors, and counts pending ones on the diagnostics page", async () => {
    const { app } = withJobs();

    expect(await textOf(app.request("/__dev/jobs"))).toMatch(/mail\.deliver[\s\S]*Error: &lt;refused&gt;/);
    expect(await textOf(app.request("/__dev"))).toMatch(/>5<\/span><span class="figure-label">Pending jobs/);
  });

  it("retries a failed job at a click", async () => {
    const { app, retried } = withJobs();

    const answer = await app.request("/__dev/jobs/job-1/retry", { method: "POST" });

    expect([retried, answer.status, answer.headers.get("Location")]).toEqual([["job-1"], 303, "/__dev/jobs"]);
  });
});

describe("/__dev/events", () => {
  it("greets a page with the build and announces mails", async () => {
    const { app, mail, close } = createTestApp();
    const answer = await app.request("/__dev/events");
    const read = readEvents(answer);

    const hello = await read();
    await mail.send({ to: "ada@example.com", subject: "Hi", text: "a" });
    const told = await read();
    close();

    expect(answer.headers.get("Content-Type")).toMatch(/^text\/event-stream/);
    expect(hello).toMatch(/event: ?hello\n[\s\S]*"build":"[\w-]+\.0"/);
    expect(told).toMatch(/event: ?mail\n/);
  });
});

function readEvents(answer: Response): () => Promise<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  return async () => (await reader?.read())?.value ?? "";
}
