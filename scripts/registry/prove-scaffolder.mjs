import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, startCommand } from "./run-command.mjs";

/** What `npm create buffkit` does besides creating apps: what it refuses, and what it leaves behind when interrupted. */
export async function proveScaffolder({ apps, environment, results }) {
  const place = join(apps, "scaffolder");
  mkdirSync(place);
  const create = (...args) =>
    runCommand("npm", ["create", "--yes", "buffkit@latest", ...args], { folder: place, environment });

  const help = await create("--", "--help");
  results.add("--help says what there is", help.code === 0 && help.output.includes("--no-board"), "");
  const version = await create("--", "--version");
  results.add("--version prints it", version.code === 0 && /^\d+\.\d+\.\d+/m.test(version.output), "");
  const dry = await create("my-app", "--", "--dry-run");
  results.add("--dry-run makes nothing", dry.code === 0 && readdirSync(place).length === 0, "");
  const badName = await create("My-App");
  results.add("a bad name is explained", badName.code !== 0 && badName.output.includes("try my-app"), "");

  mkdirSync(join(place, "full"));
  writeFileSync(join(place, "full", "notes.txt"), "mine");
  const full = await create("full");
  const isUntouched = readdirSync(join(place, "full")).join() === "notes.txt";
  results.add("a folder that is not empty is refused", full.code !== 0 && isUntouched, "");

  await proveInterruption({ place, environment, results });
}

async function proveInterruption({ place, environment, results }) {
  const running = startCommand("npm", ["create", "--yes", "buffkit@latest", "half-way"], {
    folder: place,
    environment,
  });
  await running.printed(/Installing packages/);
  const wasThere = existsSync(join(place, "half-way", "package.json"));
  running.stop("SIGINT");
  await running.gone;
  const left = readdirSync(place).filter((name) => name !== "full");
  results.add("interrupted half-way it leaves nothing behind", wasThere && left.length === 0, left.join(", "));
}
