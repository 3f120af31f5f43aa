import { describe, expect, it } from "vitest";
import { readArguments } from "./parse-arguments.ts";

describe("readArguments", () => {
  it("keeps apart what was said of the parts and what was not", () => {
    const { name, parts } = readArguments(["my-app", "--no-board", "--docker"]);

    expect(name).toBe("my-app");
    expect(parts).toEqual({ board: false, docker: true });
  });

  it("installs unless told otherwise", () => {
    expect(readArguments([]).install).toBe(true);
    expect(readArguments(["--no-install"]).install).toBe(false);
  });

  it("knows the short names", () => {
    expect(readArguments(["-y", "-h", "-v"])).toMatchObject({ yes: true, help: true, version: true });
  });

  it("refuses an option that does not exist", () => {
    expect(() => readArguments(["--bord"])).toThrow("Unknown option '--bord'.");
  });

  it("refuses two names", () => {
    expect(() => readArguments(["my", "app"])).toThrow("One name is expected, not 2");
  });

  it("hears what was written before the two dashes, which npm takes for itself", () => {
    const { yes, dryRun } = readArguments(["my-app"], { npm_config_yes: "true", npm_config_dry_run: "true" });

    expect([yes, dryRun]).toEqual([true, true]);
  });
});
