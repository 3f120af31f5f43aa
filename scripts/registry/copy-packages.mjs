import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The SQLite driver compiled for this Node, and its dependencies. npm keeps what fits without running its scripts. */
export function copyDriver(from, folder) {
  const wanted = ["better-sqlite3"];
  for (const name of wanted) {
    const place = join("node_modules", name);
    cpSync(join(from, place), join(folder, place), { recursive: true });
    const { dependencies = {} } = JSON.parse(readFileSync(join(from, place, "package.json"), "utf8"));
    wanted.push(...Object.keys(dependencies).filter((other) => !wanted.includes(other)));
  }
}

/** All packages except the framework and its CLI, which come from the registry each time: npm makes the CLI executable. */
export function copyPackages(from, folder) {
  cpSync(join(from, "node_modules"), join(folder, "node_modules"), { recursive: true, verbatimSymlinks: true });
  for (const part of ["buffkit", ".bin/buffkit", ".package-lock.json"]) {
    rmSync(join(folder, "node_modules", part), { recursive: true, force: true });
  }
}
