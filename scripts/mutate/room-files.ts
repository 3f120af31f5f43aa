import { execFileSync } from "node:child_process";

/** Files that git knows or would add, in these folders. */
function listFiles(root: string, folders: readonly string[]): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z", "--", ...folders], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\0").filter((file) => /\.tsx?$/.test(file));
}

/** The sources of a room: no tests, nothing that only tests use, no doors. */
export function sourcesOf(root: string, room: string): readonly string[] {
  const isAside = /\.(test|fixture)\.tsx?$|-conformance\.tsx?$|\/conformance\/|\/test-[a-z]+\.tsx?$|\/index\.ts$/;
  return listFiles(root, [room]).filter((file) => !isAside.test(file));
}

/** Tests that start many programs, or look at the repository as a whole; the latter lie in `scripts`, `docs`, `create` and `bench`. */
const slowTests = /^framework\/cli\//;

/** Test files that may notice a mutation. */
export function testsOf(root: string): readonly string[] {
  const folders = ["app", "components", "examples", "framework", "mail", "migrations"];
  return listFiles(root, folders).filter((file) => /\.test\.tsx?$/.test(file) && !slowTests.test(file));
}
