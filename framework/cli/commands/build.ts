import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compileFailed, noMainModule } from "../errors.ts";
import { type Project, readProject } from "../project/project.ts";
import { resolveFrom } from "../project/typescript-loader.ts";
import { createCommand } from "../terminal/command.ts";
import { print, printProgress } from "../terminal/print.ts";

/** Compiled here first, so that a failed build leaves the previous one in place. */
const draft = "dist.draft";

/** `buffkit build`: compiles into dist/ with the project's TypeScript, then copies everything that isn't code. */
export const buildCommand = createCommand({
  args: {},
  async run() {
    const project = readProject();
    const { folder, main } = project;
    if (!existsSync(main)) throw noMainModule({ main: relative(folder, main) });
    const begunAt = performance.now();
    printProgress("Compiling …");
    rmSync(join(folder, draft), { recursive: true, force: true });
    try {
      await compile(folder);
      copyData(project);
      rmSync(join(folder, "dist"), { recursive: true, force: true });
      renameSync(join(folder, draft), join(folder, "dist"));
    } finally {
      rmSync(join(folder, draft), { recursive: true, force: true });
    }
    print(`Built dist/ in ${((performance.now() - begunAt) / 1000).toFixed(1)} s. Run it with \`npx buffkit start\`.`);
  },
});

async function compile(folder: string): Promise<void> {
  const compiler = join(dirname(resolveFrom(folder, "typescript/package.json", "typescript")), "bin", "tsc");
  const settings = existsSync(join(folder, "tsconfig.build.json")) ? "tsconfig.build.json" : "tsconfig.json";
  const args = [compiler, "-p", settings, "--noEmit", "false", "--outDir", draft, "--rootDir", "."];
  const exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", 2, 2] });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
  if (exitCode !== 0) throw compileFailed({ exitCode });
}

/** Public files, the import map, and data files next to compiled code (word lists, templates). */
function copyData({ folder, root }: Project): void {
  const compiled = readdirSync(join(folder, draft), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
  const wanted = new Set([...compiled, join(root, "public"), join(root, "importmap.json")]);
  for (const path of [...wanted].filter(existsSync)) {
    cpSync(path, join(folder, draft, relative(folder, path)), { recursive: true, filter: isData });
  }
}

function isData(path: string): boolean {
  return !/\.(?:ts|tsx|md)$|(?:^|[\\/])(?:node_modules|\.[^\\/.][^\\/]*)(?:[\\/]|$)/.test(
    relative(process.cwd(), path),
  );
}
