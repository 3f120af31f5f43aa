import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runCommand } from "./run-command.mjs";

/** Variables that put another Node first in the path: from npm, cached in the system's temporary folder. */
export async function nodeEnvironment(major) {
  if (!major) return {};
  const folder = join(tmpdir(), `buffkit-node-${major}`);
  if (!existsSync(join(folder, "installed"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { node: major } }));
    const args = ["install", "--no-audit", "--no-fund"];
    const { code, output } = await runCommand("npm", args, { folder, environment: process.env });
    if (code !== 0) throw new Error(`Node ${major} could not be installed:\n${output.slice(-3000)}`);
    writeFileSync(join(folder, "installed"), "");
  }
  return { PATH: [join(folder, "node_modules", "node", "bin"), process.env.PATH].join(delimiter) };
}
