import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Assets, createAssets, createImportMap, type ImportMap } from "../assets/index.ts";
import type { Logger } from "../base/index.ts";
import type { Config } from "./config.ts";
import { packageFolder } from "./package-folder.ts";

/** The app's public files, over the framework's: a file at the same path takes its place. */
export function openAssets(config: Config, root: string, log: Logger): { assets: Assets; importMap: ImportMap } {
  const roots = [join(root, "public"), packageFolder("public")].filter((folder) => existsSync(folder));
  const assets = createAssets({ roots: [...new Set(roots)], dev: config.dev ?? false });
  const { pins, file = join(root, "importmap.json") } = config.importMap ?? {};
  return { assets, importMap: createImportMap({ assets, pins, file, log }) };
}
