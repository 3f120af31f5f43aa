import { describe, expect, it } from "vitest";
import { parseDatabaseUrl, redactUrl } from "./database-url.ts";

describe("parseDatabaseUrl", () => {
  it("reads a relative, an absolute and no SQLite file", () => {
    expect(parseDatabaseUrl("sqlite:data/app.db")).toEqual({ dialect: "sqlite", file: "data/app.db" });
    expect(parseDatabaseUrl("sqlite:///var/app.db")).toEqual({ dialect: "sqlite", file: "/var/app.db" });
    expect(parseDatabaseUrl("sqlite::memory:")).toEqual({ dialect: "sqlite", file: ":memory:" });
  });

  it("takes MariaDB for the MySQL that its driver calls it", () => {
    expect(parseDatabaseUrl("mariadb://a@b/c")).toEqual({ dialect: "mysql", url: "mysql://a@b/c" });
  });

  it("refuses anything else in words that name the setting and hide the password", () => {
    const read = () => parseDatabaseUrl("oracle://scott:tiger@db/app", "REPORTS_URL");

    expect(read).toThrow('REPORTS_URL is "oracle://scott:***@db/app"');
  });

  it("refuses an empty text", () => {
    expect(() => parseDatabaseUrl("")).toThrow(expect.objectContaining({ code: "DB_URL_INVALID" }));
    expect(() => parseDatabaseUrl("sqlite:")).toThrow(expect.objectContaining({ code: "DB_URL_INVALID" }));
  });
});

describe("redactUrl", () => {
  it("hides a password in front of the host, also one that contains @ and :", () => {
    expect(redactUrl("redis://:pa@s:s@h:1/0")).toBe("redis://:***@h:1/0");
    expect(redactUrl("postgres://u@h/db")).toBe("postgres://u@h/db");
  });

  it("hides a password in the query", () => {
    expect(redactUrl("postgres://h/db?user=u&password=p&x=1")).toBe("postgres://h/db?user=u&password=***&x=1");
  });
});
