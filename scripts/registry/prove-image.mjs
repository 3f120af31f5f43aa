import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";
import { runCommand, startCommand } from "./run-command.mjs";

const { freePort } = await import("../../framework/test-support/free-port.ts");

const { installedMegabytes } = JSON.parse(readFileSync(join(root, "scripts", "package-budgets.json"), "utf8"));

/**
 * Runs what the app's Dockerfile builds, without Docker: the packages left after `npm prune`, the files that its last stage copies, its
 * variables, its command and its health check, all read from the Dockerfile.
 */
export async function proveImage({ folder, environment, check }) {
  if (!existsSync(join(folder, "Dockerfile"))) return;
  const { copied, variables, command, healthCheck } = readDockerfile(join(folder, "Dockerfile"));
  const image = `${folder}-image`;
  for (const name of copied) cpSync(join(folder, name), join(image, name), { recursive: true, verbatimSymlinks: true });
  const pruned = await runCommand("npm", ["prune", "--omit=dev", "--prefer-offline"], { folder: image, environment });
  check("keeps the packages of production", pruned.code === 0, pruned.code === 0 ? "" : pruned.output);
  const megabytes = Math.round(sizeOf(join(image, "node_modules")) / 1e6);
  check(`has at most ${installedMegabytes} MB of packages`, megabytes <= installedMegabytes, `${megabytes} MB`);

  const port = String(await freePort());
  const settings = { AUTH_SECRET: "3b0f9a1c5d7e2468ace013579bdf8642fedcba98", APP_URL: "https://app.example.com" };
  const container = { ...environment, ...variables, ...settings, MAIL: "log", PORT: port };
  const app = startCommand(command[0], command.slice(1), { folder: image, environment: container });
  try {
    await app.printed(/is running at/);
    const [program, ...args] = healthCheck.map((word) => word.replace(`:${variables.PORT}/`, `:${port}/`));
    const health = await runCommand(program, args, { folder: image, environment: container });
    check("is healthy as its image would be", health.code === 0, health.output);
  } catch (error) {
    check("is healthy as its image would be", false, String(error));
  } finally {
    app.stop();
    await app.gone;
  }
}

/** Without the build artifacts of the SQLite driver, which a prebuilt one doesn't have. */
function sizeOf(packages) {
  const files = readdirSync(packages, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const isLeftOver = ({ parentPath, name }) =>
    /better-sqlite3.(deps|build)/.test(parentPath) && !name.endsWith(".node");
  const counted = files.filter((entry) => !isLeftOver(entry));
  return counted.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function readDockerfile(file) {
  const text = readFileSync(file, "utf8");
  const pairs =
    /^ENV (.+)$/m
      .exec(text)?.[1]
      .split(" ")
      .map((pair) => pair.split("=")) ?? [];
  return {
    copied: [...text.matchAll(/^COPY --from=build .*\/app\/(\S+) \S+$/gm)].map(([, name]) => name),
    variables: Object.fromEntries(pairs),
    command: JSON.parse(/^CMD (\[.+\])$/m.exec(text)?.[1] ?? "[]"),
    healthCheck: JSON.parse(/^HEALTHCHECK CMD (\[.+\])$/m.exec(text)?.[1] ?? "[]"),
  };
}
