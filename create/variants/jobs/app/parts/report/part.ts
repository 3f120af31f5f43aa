import type { Kit, Part } from "buffkit";
import { z } from "zod";

/** Logs the number of <<if board>>cards<<else>>notes<<end>> every morning at six (UTC). Jobs are stored in the database, so they survive restarts. */
export const report: Part = {
  name: "report",
  async mount(_app, kit) {
    const daily = kit.jobs.define("daily-report", {
      schema: z.object({}),
      async handler(_payload, { log }) {
        log.info({ total: await count(kit) }, "<<if board>>cards<<else>>notes<<end>> today");
      },
    });
    await kit.jobs.schedule(daily, "0 6 * * *", {});
  },
};

async function count(kit: Kit): Promise<number> {
  const row = await kit.db
    .selectFrom("<<if board>>cards<<else>>notes<<end>>")
    .select(({ fn }) => fn.countAll().as("total"))
    .executeTakeFirst();
  return Number(row?.total ?? 0);
}
