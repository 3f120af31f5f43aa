import { z } from "zod";
import type { Part } from "./part.ts";

/** Every hour, by a job: sessions and tokens that have run out are deleted, and counters of the rate limits. */
export function cleaningPart(): Part {
  return {
    name: "cleaning",
    async mount(_app, kit) {
      const clean = kit.jobs.define("buffkit:clean", {
        schema: z.object({}),
        handler: async () => {
          const { sessions, tokens } = await kit.auth.deleteExpired();
          const counters = await kit.limiter.deleteExpired();
          kit.log.info({ sessions, tokens, counters }, "deleted what has expired");
        },
      });
      await kit.jobs.schedule(clean, "17 * * * *", {});
    },
  };
}
