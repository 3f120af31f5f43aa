import { describe, expect, it } from "vitest";
import { Closers } from "./closers.ts";

describe("Closers", () => {
  it("closes in reverse order", async () => {
    const order: string[] = [];
    const closers = new Closers();
    closers.add(() => void order.push("database"));
    closers.add(() => void order.push("jobs"));

    await closers.closeAll();

    expect(order).toEqual(["jobs", "database"]);
  });

  it("closes once, however often it is asked", async () => {
    let times = 0;
    const closers = new Closers();
    closers.add(() => void times++);

    await Promise.all([closers.closeAll(), closers.closeAll()]);

    expect(times).toBe(1);
  });

  it("closes the rest when one fails, and tells of the failure", async () => {
    const order: string[] = [];
    const closers = new Closers();
    closers.add(() => void order.push("database"));
    closers.add(() => Promise.reject(new RangeError("stuck")));

    await expect(closers.closeAll()).rejects.toThrow("stuck");
    expect(order).toEqual(["database"]);
  });
});
