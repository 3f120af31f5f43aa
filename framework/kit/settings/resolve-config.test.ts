import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { Config } from "./config.ts";
import { resolveConfig } from "./resolve-config.ts";

const resolve = (config: Config) => resolveConfig({ log: silentLogger, ...config });

const redisNames = (config: Config) => {
  const { sse, limits, jobs } = resolve(config);
  return [sse.redisKey, limits.redisPrefix, jobs.prefix];
};

describe("resolveConfig", () => {
  it("fills in every default of an empty configuration", () => {
    expect(resolve({})).toMatchObject({
      dev: false,
      appName: "Buffkit app",
      appUrl: "http://localhost:3000",
      root: process.cwd(),
      secureCookies: true,
      database: { url: "sqlite:data/app.db", options: {}, migrate: "never" },
      auth: { isEnabled: true, uploadsFolder: join("data", "uploads") },
      importMap: { file: join(process.cwd(), "importmap.json") },
      worker: true,
    });
  });

  it("keeps mails and uploads beside the SQLite file, else in `data`", () => {
    const folders = (databaseUrl: string) => {
      const { auth, mail } = resolve({ dev: true, databaseUrl });
      return [auth.uploadsFolder, mail.delivery.by === "inbox" && mail.delivery.folder];
    };

    expect(folders("sqlite:/srv/board/board.db")).toEqual([join("/srv/board/uploads"), join("/srv/board/mail")]);
    expect(folders("postgres://localhost/board")).toEqual([join("data/uploads"), join("data/mail")]);
    expect(folders("sqlite::memory:")).toEqual([null, null]);
  });

  it("begins the names of Redis keys with the app's name, so that two apps can share one Redis", () => {
    expect(redisNames({ appName: "Team Board!" })).toEqual([
      "team-board:events",
      "team-board:limits",
      "team-board:jobs",
    ]);
  });

  it("keeps the vowels of all scripts in the names of Redis keys, so that two apps don't share them", () => {
    expect(redisNames({ appName: "कि Board" })[0]).toBe("कि-board:events");
    expect(redisNames({ appName: "की Board" })[0]).toBe("की-board:events");
  });

  it("begins the names of Redis keys with `redisPrefix` if there is one", () => {
    expect(redisNames({ appName: "Board", redisPrefix: "b2" })).toEqual(["b2:events", "b2:limits", "b2:jobs"]);
  });

  it("begins the names of Redis keys with `buffkit` when the app has no usable name", () => {
    expect(redisNames({})[2]).toBe("buffkit:jobs");
    expect(redisNames({ appName: "!" })[2]).toBe("buffkit:jobs");
  });

  it("applies migrations to a database in memory, and in development to a new one", () => {
    const migrate = (config: Config) => resolve(config).database.migrate;

    expect(migrate({ databaseUrl: "sqlite::memory:" })).toBe("always");
    expect(migrate({ dev: true })).toBe("if-new");
    expect(migrate({ dev: true, migrate: false })).toBe("never");
    expect(migrate({ migrate: true })).toBe("always");
  });

  it("sends mails with the app's own sender, else to the inbox in development, else by SMTP or to the log", () => {
    const sentBy = (config: Config) => resolve(config).mail.delivery.by;
    const sender = { send: async () => ({ id: "1" }) };

    expect(sentBy({ dev: true, mail: { sender } })).toBe("sender");
    expect(sentBy({ dev: true, smtpUrl: "smtp://localhost" })).toBe("inbox");
    expect(sentBy({ smtpUrl: "smtp://localhost" })).toBe("smtp");
    expect(sentBy({ smtpUrl: "smtp://localhost", mail: "log" })).toBe("log");
  });
});
