import { DummyDriver } from "kysely";
import { describe, expect, it } from "vitest";
import { JoiningDriver } from "./joining-driver.ts";

describe("JoiningDriver", () => {
  it("refuses a connection that belongs to another database", async () => {
    const foreign = { executeQuery: async () => ({ rows: [] }), async *streamQuery() {} };
    const driver = new JoiningDriver(new DummyDriver(), { owner: {}, lockWaitMs: 0, waitMs: 10, queryLog: undefined });

    await expect(driver.beginTransaction(foreign, {})).rejects.toMatchObject({ code: "DB_CONNECTION_FOREIGN" });
  });

  it("opens its driver once, however many queries come at the same time, and closes it once", async () => {
    const steps: string[] = [];
    class Driver extends DummyDriver {
      override async init() {
        steps.push("init");
      }

      override async destroy() {
        steps.push("destroy");
      }
    }
    const driver = new JoiningDriver(new Driver(), { owner: {}, lockWaitMs: 0, waitMs: 1000, queryLog: undefined });

    await Promise.all([driver.acquireConnection(), driver.acquireConnection()]);
    await Promise.all([driver.destroy(), driver.destroy()]);

    expect(steps).toEqual(["init", "destroy"]);
    await expect(driver.acquireConnection()).rejects.toMatchObject({ code: "DB_CLOSED" });
  });
});
