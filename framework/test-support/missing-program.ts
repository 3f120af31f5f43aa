import { spawnSync } from "node:child_process";

/** Why tests that need a program are skipped; null if it is installed. Set `REQUIRE_SERVICES=1` to fail instead of skipping. */
export function missingProgram(name: string, versionArgument = "--version"): string | null {
  if (spawnSync(name, [versionArgument], { stdio: "ignore" }).status === 0) return null;
  if (process.env.REQUIRE_SERVICES === "1") {
    throw new Error(`${name} isn't installed, and REQUIRE_SERVICES=1 requires it.`);
  }
  return `${name} isn't installed`;
}
