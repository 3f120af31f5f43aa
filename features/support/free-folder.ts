import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder, and how to remove it. */
export function freeFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `buffkit-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
