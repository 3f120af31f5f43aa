import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Tells what an app is made of from what programs write into its folder. Paths are relative to that folder. */
export interface AppFileFilter {
  /** Whether it is written by programs: packages, builds, data, reports, screenshots, logs, or anything in a folder that git ignores. */
  isWritten(path: string): boolean;
  /** Whether the app is made of it: anything in `public`, and elsewhere code, styles and texts. Not the tests. */
  isPart(path: string): boolean;
}

/** Reads the `.gitignore` in the app's folder, once. */
export function createAppFileFilter(root: string): AppFileFilter {
  const ignoredByGit = readIgnoredFolders(join(root, ".gitignore"));
  function isWritten(path: string): boolean {
    const [top = ""] = path.split(separator);
    return writtenAnywhere.test(path) || writtenAtTheTop.test(top) || ignoredByGit.has(top);
  }
  return {
    isWritten,
    isPart: (path) => !isWritten(path) && !tests.test(path) && (inPublic.test(path) || sources.test(path)),
  };
}

const separator = /[\\/]/;
const writtenAnywhere =
  /(?:^|[\\/])(?:node_modules|\.[^\\/]+|test-results|playwright-report)(?:[\\/]|$)|~$|\.(?:part|tmp|swp|log|tsbuildinfo)$|(?:^|[\\/])package-lock\.json$/;
// Only at the top: `app/parts/reports/` is code.
const writtenAtTheTop =
  /^(?:dist(?:\..+)?|build|data|coverage|(?:blob-)?reports?|logs?|screenshots?|videos?|traces?|tmp|temp|out|output|uploads|backups?)$|(?:report|results?|coverage)\.(?:json|html|txt)$/i;
const tests = /^(?:features|e2e|tests?)[\\/]|\.(?:test|spec|bench)\.[cm]?[jt]sx?$/;
const inPublic = /(?:^|[\\/])public[\\/]/;
const sources = /\.(?:[cm]?[jt]sx?|css|json|html?|mdx?|svg|ya?ml|txt)$/;

/** Its lines that name one folder at the top. Patterns are left out: most of them are about files. */
function readIgnoredFolders(file: string): ReadonlySet<string> {
  if (!existsSync(file)) return new Set();
  const names = readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((line) => /^\/?([\w][\w.-]*)\/?\s*$/.exec(line)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}
