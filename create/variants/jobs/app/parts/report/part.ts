import type { Part } from "buffkit";
import { z } from "zod";

/** Logs the number of <<if board>>cards<<else>>notes<<end>> every morning at six (UTC). Jobs are stored in the database, so they survive restarts. */
export const report: Part = {
  name: "report",
  async mount(_app, { db, jobs }) {
    const daily = jobs.define("daily-report", {
      schema: z.object({}),
      async handler(_payload, { log }) {
        const { total } = await db
          .selectFrom("<<if board>>cards<<else>>notes<<end>>")
          .select(({ fn }) => fn.countAll<number>().as("total"))
          .executeTakeFirstOrThrow();
        log.info({ total }, "<<if board>>cards<<else>>notes<<end>> today");
      },
    });
    await jobs.schedule(daily, "0 6 * * *", {});
  },
};
