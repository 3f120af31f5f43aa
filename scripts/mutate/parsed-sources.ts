import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "typescript/unstable/ast";
import { API, type Project } from "typescript/unstable/sync";

/** The sources as TypeScript sees them. Close it: it is a process. */
export interface ParsedSources {
  parse(file: string): SourceFile;
  /** Whether the file has no errors of types with this text. Names that are unused don't count. */
  isSound(file: string, text: string): boolean;
  close(): void;
}

/** Asks TypeScript 7's compiler through its interface, which is marked as unstable: nothing else here knows it. */
export function openSources(root: string): ParsedSources {
  const changed = new Map<string, string>();
  const api = new API({ cwd: root, fs: { readFile: (name) => changed.get(name) } });
  let project = projectOf(api.updateSnapshot({ openProjects: [join(root, "tsconfig.json")] }).getProjects()[0]);

  function update(path: string): void {
    project = projectOf(api.updateSnapshot({ fileChanges: { changed: [path] } }).getProjects()[0]);
  }

  return {
    parse(file) {
      const source = project.program.getSourceFile(join(root, file));
      if (source === undefined) throw new Error(`${file} isn't part of tsconfig.json`);
      return source;
    },
    isSound(file, text) {
      const path = join(root, file);
      changed.set(path, text);
      update(path);
      const { program } = project;
      const errors = [...program.getSyntacticDiagnostics(path), ...program.getSemanticDiagnostics(path)];
      changed.set(path, readFileSync(path, "utf8"));
      update(path);
      return errors.every(({ code }) => unusedCodes.has(code));
    },
    close: () => api.close(),
  };
}

/** Something is never read, or never reached. */
const unusedCodes = new Set([6133, 6138, 6192, 6196, 6198, 7027]);

function projectOf(project: Project | undefined): Project {
  if (project === undefined) throw new Error("TypeScript opened no project");
  return project;
}
