import { describe, expect, it } from "vitest";
import { Disposables } from "./disposables.ts";

describe("Disposables", () => {
  it("closes in reverse order", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add(() => void closed.push("database"));
    disposables.add(() => void closed.push("jobs"));

    await disposables.closeAll();

    expect(closed).toEqual(["jobs", "database"]);
  });

  it("closes once, even when asked twice", async () => {
    let times = 0;
    const disposables = new Disposables();
    disposables.add(() => void times++);

    await Promise.all([disposables.closeAll(), disposables.closeAll()]);

    expect(times).toBe(1);
  });

  it("closes the rest when one fails, then throws that failure", async () => {
    const closed: string[] = [];
    const disposables = new Disposables();
    disposables.add(() => void closed.push("database"));
    disposables.add(() => Promise.reject(new RangeError("stuck")));

    await expect(disposables.closeAll()).rejects.toThrow("stuck");
    expect(closed).toEqual(["database"]);
  });
});
