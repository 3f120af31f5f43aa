import { existsSync } from "node:fs";
import { join } from "node:path";
import { firstPage } from "./first-page.mjs";
import { runCommand } from "./run-command.mjs";
import { seconds } from "./seconds.mjs";

const { freePort } = await import("../../framework/test-support/free-port.ts");

const throughScripts = { build: ["npm", "run", "build"], start: ["npm", "start"] };

/** Builds an app and starts the build with the settings of production. `commands` is what its author types, by default npm scripts. */
export async function proveProduction({ folder, environment, check, commands = throughScripts }) {
  const type = ([command, ...args], more) => runCommand(command, args, { folder, environment, ...more });
  const built = await type(commands.build);
  const isBuilt = built.code === 0 && existsSync(join(folder, "dist", "app", "main.js"));
  check("builds", isBuilt, isBuilt ? seconds(built.ms) : built.output);
  const unset = await type(commands.start, { timeoutMs: 30_000 });
  const names = ["AUTH_SECRET", "APP_URL"].filter((setting) => unset.output.includes(setting));
  const isRefused = unset.code !== 0 && names.length === 2;
  check("refuses to start without settings, naming them", isRefused, isRefused ? "" : unset.output.slice(-500));
  const port = await freePort();
  const settings = {
    ...environment,
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    AUTH_SECRET: "3b0f9a1c5d7e2468ace013579bdf8642fedcba98",
    DATABASE_URL: `sqlite:${join(folder, "data", "production.db")}`,
    MAIL: "log",
  };
  const migrated = await type(["npx", "buffkit", "migrate"], { environment: settings });
  check("migrates its production database", migrated.code === 0, migrated.code === 0 ? "" : migrated.output);
  const { status, ms, error } = await firstPage(folder, commands.start, settings);
  check("runs in production", status === 200, error ?? seconds(ms));
}
