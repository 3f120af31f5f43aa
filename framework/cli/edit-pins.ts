import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ImportMap } from "../assets/index.ts";
import { loadApp, lookingOnly } from "./load-app.ts";
import { openSetting } from "./setting.ts";

export interface PinEditing {
  readonly importMap: ImportMap;
  /** The folder with package.json. */
  readonly folder: string;
  /** The app's own `public/`; made when it is missing. */
  readonly publicFolder: string;
}

/** Hands over the app's import map, and saves it when the work on it is done. Always works on the sources, never on a build. */
export async function editPins(edit: (editing: PinEditing) => void | Promise<void>): Promise<void> {
  const setting = await openSetting();
  const publicFolder = join(setting.project.root, "public");
  mkdirSync(publicFolder, { recursive: true });
  const { kit } = await loadApp(setting, { ...lookingOnly(true), root: setting.project.root });
  try {
    await edit({ importMap: kit.importMap, folder: setting.project.folder, publicFolder });
    kit.importMap.save(join(setting.project.root, "importmap.json"));
  } finally {
    await kit.close();
  }
}
