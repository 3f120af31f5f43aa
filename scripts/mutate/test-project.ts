import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSources, type ParsedSources } from "./parsed-sources.ts";

/** A project of one file, `code.tsx`. */
export function openProject(text: string): ParsedSources {
  const root = mkdtempSync(join(tmpdir(), "mutate-test-"));
  const compilerOptions = { strict: true, target: "ES2023", jsx: "preserve", noUnusedLocals: true, types: [] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["code.tsx"] }));
  writeFileSync(join(root, "code.tsx"), text);
  const parsed = openSources(root);
  return {
    ...parsed,
    close() {
      parsed.close();
      rmSync(root, { recursive: true });
    },
  };
}
