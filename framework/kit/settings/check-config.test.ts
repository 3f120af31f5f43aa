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
  it("accepts a complete production configuration", () => {
    expect(settings(production)).toEqual([]);
  });

  it("requires only a secret in development", () => {
    expect(settings({ dev: true, authSecret: "x" })).toEqual([]);
  });

  it("reports every problem at once", () => {
    const problems = settings({ authSecret: "short", databaseUrl: "oracle:x", redisUrl: "nowhere", smtpUrl: "mail" });

    expect(problems).toEqual(["authSecret", "databaseUrl", "redisUrl", "smtpUrl", "appUrl"]);
  });

  it("requires a secret that isn't missing, empty or blank", () => {
    const texts = [{}, { authSecret: "" }, { authSecret: "  " }, { authSecret: [] }].map(
      (config) => configProblems({ dev: true, ...config })[0]?.text,
    );

    expect(texts.every((text) => text?.startsWith("authSecret is required"))).toBe(true);
  });

  it("rejects a long secret in production if it has little variety or comes from an example", () => {
    expect(settings({ ...production, authSecret: "a".repeat(64) })).toEqual(["authSecret"]);
    expect(settings({ ...production, authSecret: `replace-me-${strong}` })).toEqual(["authSecret"]);
  });

  it("requires https in production, except on this machine", () => {
    expect(settings({ ...production, appUrl: "http://app.example.com" })).toEqual(["appUrl"]);
    expect(settings({ ...production, appUrl: "http://localhost:3000" })).toEqual([]);
  });

  it("accepts mail to the log as a choice, but not missing mail settings", () => {
    const { smtpUrl: _, ...silent } = production;

    expect(settings(silent)).toEqual(["smtpUrl"]);
    expect(settings({ ...silent, mail: "log" })).toEqual([]);
  });

  it("lists the log levels", () => {
    const [problem] = configProblems({ dev: true, authSecret: "x", logLevel: "loud" });

    expect(problem?.text).toContain('expected trace, debug, info, warn, error, fatal or silent, but is "loud"');
    expect(settings({ dev: true, authSecret: "x", logLevel: "debug" })).toEqual([]);
  });

  it("names the setting of an invalid URL without showing the URL", () => {
    const text = configProblems({ dev: true, authSecret: "x", redisUrl: "amqp://user:hidden@host" })[0]?.text;

    expect(text).toContain("redisUrl");
    expect(text).not.toContain("hidden");
  });

  it.each(["/app", "/app/", "/?a=b", "/#a"])(
    "refuse an appUrl that ends with %s, which would have no effect",
    (end) => {
      const appUrl = `https://app.example.com${end}`;

      expect(configProblems({ ...production, appUrl })).toEqual([
        { setting: "appUrl", text: expect.stringContaining("such as https://app.example.com: the app needs a host") },
      ]);
      expect(settings({ ...production, dev: true, appUrl })).toEqual(["appUrl"]);
      expect(settings({ ...production, appUrl: "https://app.example.com/" })).toEqual([]);
    },
  );
});
