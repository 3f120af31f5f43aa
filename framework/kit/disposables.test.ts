import { describe, expect, it } from "vitest";
import { type Logger, silentLogger } from "../base/index.ts";
import { Deadline } from "./deadline.ts";
import { Disposables } from "./disposables.ts";

const never = () => new Promise<never>(() => undefined);

describe("Disposables", () => {
  it("closes in reverse order", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add("database", () => closed.push("database"));
    disposables.add("jobs", () => closed.push("jobs"));

    await disposables.closeAll(new Deadline(10_000), silentLogger);

    expect(closed).toEqual(["jobs", "database"]);
  });

  it("closes once, even when asked twice", async () => {
    let times = 0;
    const disposables = new Disposables();
    disposables.add("database", () => times++);
    const deadline = new Deadline(10_000);

    await Promise.all([disposables.closeAll(deadline, silentLogger), disposables.closeAll(deadline, silentLogger)]);

    expect(times).toBe(1);
  });

  it("closes the rest when one fails, then throws that failure", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add("database", () => closed.push("database"));
    disposables.add("jobs", () => Promise.reject(new RangeError("stuck")));

    await expect(disposables.closeAll(new Deadline(10_000), silentLogger)).rejects.toThrow("stuck");
    expect(closed).toEqual(["database"]);
  });

  it("closes the rest when one throws instead of rejecting", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add("database", () => closed.push("database"));
    disposables.add("part clock", () => {
      throw new RangeError("stuck");
    });

    await expect(disposables.closeAll(new Deadline(10_000), silentLogger)).rejects.toThrow("stuck");
    expect(closed).toEqual(["database"]);
  });

  it("closes the rest when one never finishes, and says which", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add("database", () => closed.push("database"));
    disposables.add("broker", never);

    await expect(disposables.closeAll(new Deadline(100), silentLogger)).rejects.toMatchObject({
      code: "KIT_CLOSE_TIMED_OUT",
      message: expect.stringContaining("broker"),
    });
    expect(closed).toEqual(["database"]);
  });

  it("logs every failure, not only the first", async () => {
    const names: unknown[] = [];
    const log: Logger = { ...silentLogger, error: (facts: object) => void names.push(Reflect.get(facts, "name")) };
    const disposables = new Disposables();
    disposables.add("database", () => Promise.reject(new RangeError("gone")));
    disposables.add("jobs", () => Promise.reject(new RangeError("stuck")));

    await expect(disposables.closeAll(new Deadline(10_000), log)).rejects.toThrow("stuck");

    expect(names).toEqual(["jobs", "database"]);
  });
});
