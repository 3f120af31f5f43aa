import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ImportMap } from "../../../assets/index.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { inspectionConfig, loadApp } from "../../project/load-app.ts";

export interface PinEditing {
  readonly importMap: ImportMap;
  /** The folder with package.json. */
  readonly folder: string;
  /** The app's own `public/`; created if it's missing. */
  readonly publicFolder: string;
}

/** Runs `edit` on the app's import map and saves it. Always edits the sources, never a build. */
export async function editPins(edit: (editing: PinEditing) => void | Promise<void>): Promise<void> {
  const context = await openCommandContext();
  const publicFolder = join(context.project.root, "public");
  mkdirSync(publicFolder, { recursive: true });
  const { kit } = await loadApp(context, { ...inspectionConfig(true), root: context.project.root });
  try {
    await edit({ importMap: kit.importMap, folder: context.project.folder, publicFolder });
    kit.importMap.save(join(context.project.root, "importmap.json"));
  } finally {
    await kit.close();
  }
}
