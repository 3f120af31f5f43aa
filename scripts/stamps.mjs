// Remembers for which sources a step was last done, so that check, test and the package test don't repeat it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.mjs";

/** Each stamp is stored next to what it is about. */
const places = {
  built: join(root, "dist", ".sources"),
  types: join(root, "node_modules", ".cache", "buffkit-types"),
};

/** A hash of all files except prose; undefined if git can't list them. */
function fingerprint() {
  let listed;
  try {
    listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  } catch {
    return undefined;
  }
  const hash = createHash("sha256").update(process.version);
  // Everything but prose: styles, pictures and browser scripts are copied into the build as well.
  for (const file of listed.split("\0").filter((name) => name !== "" && !/\.(?:md|feature)$/.test(name))) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** Whether the step was done for the current sources. */
export function isStamped(step) {
  return existsSync(places[step]) && readFileSync(places[step], "utf8") === fingerprint();
}

export function stamp(step) {
  const text = fingerprint();
  if (text === undefined) return;
  mkdirSync(join(places[step], ".."), { recursive: true });
  writeFileSync(places[step], text);
}
