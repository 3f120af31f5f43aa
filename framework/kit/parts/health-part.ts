import { sql } from "kysely";
import type { Part } from "../part.ts";

const patienceMs = 2_000;

/**
 * `GET /healthz` says that the process answers; `GET /readyz` that it can do its work: database and queue reachable, migrations
 * applied, not about to stop. Both are plain text and set no cookie.
 */
export function healthPart(): Part {
  return {
    name: "health",
    mount(app, kit) {
      app.get("/healthz", (c) => c.text("ok\n"));
      app.get("/readyz", async (c) => {
        const checks: Record<string, () => Promise<unknown>> = {
          database: () => sql`select 1`.execute(kit.db),
          jobs: () => kit.jobs.stats(),
          migrations: async () => {
            const { pending } = await kit.migrator.status();
            if (pending.length > 0) throw new RangeError("pending");
          },
          stopping: async () => {
            if (kit.isDraining) throw new RangeError("stopping");
          },
        };
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => `${name}: ${(await holds(check)) ? "ok" : "failing"}`),
        );
        const ready = results.every((line) => line.endsWith(": ok"));
        return c.text(`${results.join("\n")}\n`, ready ? 200 : 503);
      });
    },
  };
}

async function holds(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const answer = check().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answer, patience]);
  clearTimeout(timer);
  return result;
}
