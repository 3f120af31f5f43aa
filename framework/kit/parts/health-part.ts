import { sql } from "kysely";
import type { Part } from "../part.ts";

const timeoutMs = 2_000;

/**
 * `GET /healthz` says that the process is alive, `GET /readyz` that it can do its work: the database and the jobs in it are reachable,
 * migrations are applied, and it isn't about to stop. Both answer in plain text and set no cookie.
 */
export function healthPart(): Part {
  return {
    name: "health",
    mount(app, kit) {
      app.get("/healthz", (c) => c.text("ok\n"));
      app.get("/readyz", async (c) => {
        const checks: Record<string, () => Promise<unknown>> = {
          database: () => sql`select 1`.execute(kit.db),
          // Without Redis the app still serves pages, and all machines lose it at once: none of them would be left.
          ...(kit.jobs.engine === "database" ? { jobs: () => kit.jobs.stats() } : {}),
          migrations: async () => {
            const { pending } = await kit.migrator.status();
            if (pending.length > 0) throw new RangeError("pending");
          },
          stopping: async () => {
            if (kit.isDraining) throw new RangeError("stopping");
          },
        };
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => `${name}: ${(await passes(check)) ? "ok" : "failing"}`),
        );
        const ready = results.every((line) => line.endsWith(": ok"));
        return c.text(`${results.join("\n")}\n`, ready ? 200 : 503);
      });
    },
  };
}

async function passes(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const outcome = check().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([outcome, timeout]);
  clearTimeout(timer);
  return result;
}
