import { type DatabaseConnection, DummyDriver } from "kysely";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acquireWithin } from "./acquire-within.ts";

const connection: DatabaseConnection = {
  executeQuery: async () => ({ rows: [] }),
  async *streamQuery() {},
};

/** A driver whose connection comes when the test says so. */
class SlowDriver extends DummyDriver {
  readonly released: DatabaseConnection[] = [];
  give: (connection: DatabaseConnection) => void = () => {};
  fail: (error: Error) => void = () => {};

  override acquireConnection(): Promise<DatabaseConnection> {
    return new Promise((resolve, reject) => {
      this.give = resolve;
      this.fail = reject;
    });
  }

  override async releaseConnection(given?: DatabaseConnection): Promise<void> {
    if (given) this.released.push(given);
  }
}

describe("acquireWithin", () => {
  let driver: SlowDriver;

  beforeEach(() => {
    vi.useFakeTimers();
    driver = new SlowDriver();
  });

  afterEach(() => void vi.useRealTimers());

  it("waits for a connection, and leaves no timer behind", async () => {
    const acquiring = acquireWithin(driver, 1_000);
    await vi.advanceTimersByTimeAsync(999);
    driver.give(connection);

    expect(await acquiring).toBe(connection);
    expect([vi.getTimerCount(), driver.released]).toEqual([0, []]);
  });

  it("gives up after the time, and gives a connection back that comes later", async () => {
    const acquiring = acquireWithin(driver, 1_000);
    const outcome = expect(acquiring).rejects.toMatchObject({
      code: "DB_CONNECTION_TIMEOUT",
      message: expect.stringContaining("1000 ms"),
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await outcome;

    driver.give(connection);
    await vi.advanceTimersByTimeAsync(0);

    expect(driver.released).toEqual([connection]);
  });

  it("fails as the driver does, and ignores what fails later", async () => {
    const failing = acquireWithin(driver, 1_000);
    driver.fail(new Error("no server"));
    await expect(failing).rejects.toThrow("no server");

    const late = expect(acquireWithin(driver, 1_000)).rejects.toMatchObject({ code: "DB_CONNECTION_TIMEOUT" });
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
    driver.fail(new Error("too late"));
    await vi.advanceTimersByTimeAsync(0);

    expect([vi.getTimerCount(), driver.released]).toEqual([0, []]);
  });
});
