import { describe, expect, it } from "vitest";
import { parseDatabaseUrl, redactUrl } from "./database-url.ts";

describe("parseDatabaseUrl", () => {
  it("parses a relative file, an absolute file and an in-memory database", () => {
    expect(parseDatabaseUrl("sqlite:data/app.db")).toEqual({ dialect: "sqlite", file: "data/app.db" });
    expect(parseDatabaseUrl("sqlite:///var/app.db")).toEqual({ dialect: "sqlite", file: "/var/app.db" });
    expect(parseDatabaseUrl("sqlite::memory:")).toEqual({ dialect: "sqlite", file: ":memory:" });
  });

  it.each([
    ["postgres://u@h/db", "postgres"],
    ["postgresql://u@h/db", "postgres"],
    ["mysql://u@h/db", "mysql"],
  ])("leaves %s as it is, for %s", (url, dialect) => {
    expect(parseDatabaseUrl(url)).toEqual({ dialect, url });
  });

  it("requires a host", () => {
    expect(() => parseDatabaseUrl("postgres:///db")).toThrow(expect.objectContaining({ code: "DB_URL_INVALID" }));
  });

  it("names DATABASE_URL by default", () => {
    expect(() => parseDatabaseUrl("nonsense")).toThrow("DATABASE_URL");
  });

  it("treats MariaDB as MySQL, like its driver", () => {
    expect(parseDatabaseUrl("mariadb://a@b/c")).toEqual({ dialect: "mysql", url: "mysql://a@b/c" });
  });

  it("rejects anything else with an error that names the setting and hides the password", () => {
    const read = () => parseDatabaseUrl("oracle://scott:tiger@db/app", "REPORTS_URL");

    expect(read).toThrow('REPORTS_URL is "oracle://scott:***@db/app"');
  });

  it("rejects an empty URL", () => {
    expect(() => parseDatabaseUrl("")).toThrow(expect.objectContaining({ code: "DB_URL_INVALID" }));
    expect(() => parseDatabaseUrl("sqlite:")).toThrow(expect.objectContaining({ code: "DB_URL_INVALID" }));
  });
});

describe("redactUrl", () => {
  it("hides a password before the host, even if it contains @ and :", () => {
    expect(redactUrl("redis://:pa@s:s@h:1/0")).toBe("redis://:***@h:1/0");
    expect(redactUrl("postgres://u@h/db")).toBe("postgres://u@h/db");
  });

  it("hides every password in the query, whatever its name and case", () => {
    expect(redactUrl("mysql://h/db?PASSWORD=a&pass=b&pwd=c#x")).toBe("mysql://h/db?PASSWORD=***&pass=***&pwd=***#x");
  });

  it("hides a password behind a scheme in capitals, and leaves a path with @ alone", () => {
    expect(redactUrl("POSTGRES://u:p@h/db")).toBe("POSTGRES://u:***@h/db");
    expect(redactUrl("postgres://h/a:b@c")).toBe("postgres://h/a:b@c");
  });

  it("hides a password in the query", () => {
    expect(redactUrl("postgres://h/db?user=u&password=p&x=1")).toBe("postgres://h/db?user=u&password=***&x=1");
  });
});
