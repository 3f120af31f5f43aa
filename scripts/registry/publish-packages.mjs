import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../prepare.mjs";
import { isStamped } from "../stamps.mjs";
import { runCommand } from "./run-command.mjs";

/** Builds both packages in a copy of the repository, so that no other build is disturbed, and publishes them. */
export async function publishPackages({ folder, environment, results }) {
  const copy = join(folder, "repository");
  copyRepository(copy);
  const isBuilt = isStamped("built");
  if (isBuilt) cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
  const steps = [
    ...(isBuilt ? [] : [["buffkit is built", process.execPath, ["scripts/build.mjs"], copy]]),
    ["buffkit is published", "npm", ["publish", "--tag", "latest"], copy],
    ["create-buffkit is built and published", "npm", ["publish", "--tag", "latest"], join(copy, "create")],
  ];
  for (const [name, command, args, place] of steps) {
    const { code, output } = await runCommand(command, args, { folder: place, environment });
    const size = /package size:\s*(.+)/.exec(output)?.[1];
    const unpacked = /unpacked size:\s*(.+)/.exec(output)?.[1];
    results.add(
      name,
      code === 0,
      code === 0 ? (size ? `${size} packed, ${unpacked} unpacked` : "") : output.slice(-3000),
    );
    if (code !== 0) throw new Error("Without the packages nothing more can be shown.");
  }
}

/** All files that git tracks or would add, and the installed packages. */
function copyRepository(copy) {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  mkdirSync(copy, { recursive: true });
  for (const file of listed.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    try {
      cpSync(join(root, file), join(copy, file));
    } catch (error) {
      // Deleted, but still tracked.
      if (error.code !== "ENOENT") throw error;
    }
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}
