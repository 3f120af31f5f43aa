import { describe, expect, it } from "vitest";
import { configProblems } from "./check-config.ts";
import type { Config } from "./config.ts";

const strong = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
const production: Config = {
  authSecret: strong,
  appUrl: "https://app.example.com",
  smtpUrl: "smtps://mail.example.com",
};

const settings = (config: Config) => configProblems(config).map((problem) => problem.setting);

describe("configProblems", () => {
  it("finds nothing in a complete production configuration", () => {
    expect(settings(production)).toEqual([]);
  });

  it("asks for nothing but a secret in development", () => {
    expect(settings({ dev: true, authSecret: "x" })).toEqual([]);
  });

  it("names every problem at once", () => {
    const problems = settings({ authSecret: "short", databaseUrl: "oracle:x", redisUrl: "nowhere", smtpUrl: "mail" });

    expect(problems).toEqual(["authSecret", "databaseUrl", "redisUrl", "smtpUrl", "appUrl"]);
  });

  it("says that the secret is required when it is missing, empty or blank", () => {
    const texts = [{}, { authSecret: "" }, { authSecret: "  " }, { authSecret: [] }].map(
      (config) => configProblems({ dev: true, ...config })[0]?.text,
    );

    expect(texts.every((text) => text?.startsWith("authSecret is required"))).toBe(true);
  });

  it("refuses in production a secret that is long but has no variety, or is the example's", () => {
    expect(settings({ ...production, authSecret: "a".repeat(64) })).toEqual(["authSecret"]);
    expect(settings({ ...production, authSecret: `replace-me-${strong}` })).toEqual(["authSecret"]);
  });

  it("refuses in production an address without https, unless it is this machine's", () => {
    expect(settings({ ...production, appUrl: "http://app.example.com" })).toEqual(["appUrl"]);
    expect(settings({ ...production, appUrl: "http://localhost:3000" })).toEqual([]);
  });

  it("takes mail to the log as a decision, and silence as none", () => {
    const { smtpUrl: _, ...silent } = production;

    expect(settings(silent)).toEqual(["smtpUrl"]);
    expect(settings({ ...silent, mail: "log" })).toEqual([]);
  });

  it("shows no part of an unusable URL but its setting", () => {
    const text = configProblems({ dev: true, authSecret: "x", redisUrl: "amqp://user:hidden@host" })[0]?.text;

    expect(text).toContain("redisUrl");
    expect(text).not.toContain("hidden");
  });
});
