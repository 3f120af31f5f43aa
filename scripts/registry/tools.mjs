import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runCommand } from "./run-command.mjs";

const verdaccio = "6.10.4";

/**
 * The registry's program, the Node 22 that it needs, and the Node on which the apps run when another one is wanted. They are kept in
 * the system's temporary folder for the next time. Answers where they are, and the environment that puts that Node first.
 */
export async function installTools(nodeMajor) {
  const registryFolder = join(tmpdir(), `buffkit-registry-tools-${verdaccio}`);
  // Verdaccio asks for a dist-tag of node-fetch that not every mirror has; the version behind it is this one.
  const overrides = { "node-fetch": "2.7.0" };
  await installOnce(registryFolder, { dependencies: { node: "22", verdaccio }, overrides });
  const environment = nodeMajor ? await environmentOfNode(nodeMajor) : {};
  return {
    node: join(registryFolder, "node_modules", "node", "bin", "node"),
    verdaccio: join(registryFolder, "node_modules", "verdaccio", "bin", "verdaccio"),
    environment,
  };
}

async function environmentOfNode(major) {
  const folder = join(tmpdir(), `buffkit-node-${major}`);
  await installOnce(folder, { dependencies: { node: major } });
  return { PATH: [join(folder, "node_modules", "node", "bin"), process.env.PATH].join(delimiter) };
}

async function installOnce(folder, manifest) {
  const marker = join(folder, "installed");
  if (existsSync(marker)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }));
  const { code, output } = await runCommand("npm", ["install", "--no-audit", "--no-fund"], {
    folder,
    environment: process.env,
  });
  if (code !== 0) throw new Error(`The tools could not be installed:\n${output.slice(-3000)}`);
  writeFileSync(marker, "");
}
