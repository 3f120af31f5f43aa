import { describe, expect, it } from "vitest";
import { loadDriver } from "./load-driver.ts";

const mysql = { setting: "REPORTS_URL", driver: "mysql2", dialect: "MySQL" };

describe("loadDriver", () => {
  it("returns the driver itself", async () => {
    const driver = { createPool: () => undefined };

    expect(await loadDriver({ ...mysql, load: async () => ({ default: driver }) })).toBe(driver);
  });

  it("says which package is missing, and which setting asks for it", async () => {
    const cause = new Error("Cannot find package 'mysql2'");

    const loading = loadDriver({ ...mysql, load: () => Promise.reject(cause) });

    await expect(loading).rejects.toMatchObject({
      code: "DB_DRIVER_MISSING",
      message: expect.stringMatching(/REPORTS_URL.*MySQL.*mysql2/),
      hint: expect.stringContaining("npm install mysql2"),
      cause,
    });
  });
});
