import { describe, expect, it } from "vitest";
import { parseArguments } from "./parse-arguments.ts";

describe("parseArguments", () => {
  it("distinguishes parts that were chosen from parts that weren't mentioned", () => {
    const { name, parts } = parseArguments(["my-app", "--no-board", "--docker"]);

    expect(name).toBe("my-app");
    expect(parts).toEqual({ board: false, docker: true });
  });

  it("installs by default", () => {
    expect(parseArguments([]).install).toBe(true);
    expect(parseArguments(["--no-install"]).install).toBe(false);
  });

  it("accepts the short options", () => {
    expect(parseArguments(["-y", "-h", "-v"])).toMatchObject({ yes: true, help: true, version: true });
  });

  it("refuses an unknown option", () => {
    expect(() => parseArguments(["--bord"])).toThrow("Unknown option '--bord'.");
  });

  it("refuses two names", () => {
    expect(() => parseArguments(["my", "app"])).toThrow("Expected one name, got 2");
  });

  it("refuses options before --, which npm silently takes, and says what to write", () => {
    const parse = () => parseArguments(["my-app"], { npm_config_board: "", npm_config_docker: "true" });

    expect(parse).toThrow("npm took --no-board and --docker for itself");
    expect(parse).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining("npm create buffkit@latest my-app -- --no-board --docker"),
      }),
    );
  });

  it("finds the name that npm took for the value of an option", () => {
    expect(() => parseArguments([], { npm_config_docker: "my-app" })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("npm create buffkit@latest my-app -- --docker") }),
    );
  });

  it("isn't misled by node-gyp's number of jobs, or by options that npm passed on", () => {
    const { parts } = parseArguments(["my-app", "--no-mail"], { npm_config_jobs: "max", npm_config_mail: "" });

    expect(parts).toEqual({ mail: false });
  });

  it("respects options before --, which npm consumes", () => {
    const { yes, dryRun } = parseArguments(["my-app"], { npm_config_yes: "true", npm_config_dry_run: "true" });

    expect([yes, dryRun]).toEqual([true, true]);
  });
});
