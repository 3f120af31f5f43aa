import { z } from "zod";
import { outsideTransaction } from "../../db/index.ts";
import { formatOnlyStyles, onlyStylesPath } from "../../html/index.ts";
import type { Kit } from "../kit.ts";
import type { Part } from "../part.ts";
import type { Settings } from "../settings/resolve-config.ts";
import { healthPart } from "./health-part.ts";
import { metricsPart } from "./metrics-part.ts";

/** The parts that every app has, in the order in which they are mounted. */
export function builtInParts(kit: Kit, { metrics, auth }: Pick<Settings, "metrics" | "auth">): readonly Part[] {
  return [
    healthPart(),
    metricsPart(metrics),
    eventsPart(),
    onlyPart(),
    ...(auth.isEnabled ? kit.auth.parts() : []),
    cleanupPart(),
  ];
}

/** `GET /events`: the one stream of a page, which carries all its topics. */
function eventsPart(): Part {
  return {
    name: "events",
    mount(app, kit) {
      // A stream lives on after a transaction that an app opens around each request.
      app.get("/events", (c) => outsideTransaction(() => kit.broker.handler(c)));
    },
  };
}

/** `GET /only.css`: shows a user what `Only` has for them. It says nothing of anybody that the question doesn't. */
function onlyPart(): Part {
  return {
    name: "only",
    mount(app) {
      app.get(onlyStylesPath, (c) => {
        const { user, role } = c.req.query();
        const styles = formatOnlyStyles({ ...(user ? { user } : {}), ...(role ? { role } : {}) });
        const headers = { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "private, max-age=86400" };
        return c.body(styles, 200, headers);
      });
    },
  };
}

/** An hourly job that deletes expired sessions, tokens, rate limit counters, and old entries of the audit log. */
function cleanupPart(): Part {
  return {
    name: "cleaning",
    async mount(_app, kit) {
      const clean = kit.jobs.define("buffkit:clean", {
        schema: z.object({}),
        handler: async () => {
          const deleted = await kit.auth.deleteExpired();
          const counters = await kit.limiter.deleteExpired();
          kit.log.info({ ...deleted, counters }, "deleted expired rows");
        },
      });
      await kit.jobs.schedule(clean, "17 * * * *", {});
    },
  };
}
