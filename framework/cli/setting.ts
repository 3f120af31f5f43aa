import { existsSync } from "node:fs";
import { relative } from "node:path";
import { silentLogger } from "../base/index.ts";
import { type Config, configFromEnvironment, resolveConfig, type Settings } from "../kit/index.ts";
import { readEnvironment } from "./env-file.ts";
import { noMainModule, notBuilt } from "./errors.ts";
import { type AppFiles, builtFiles, type Project, readProject, sourceFiles } from "./project.ts";
import { loadTypeScript } from "./typescript-loader.ts";

/** What a command works with: the project, the files that count, the environment and the configuration read from it. */
export interface Setting {
  readonly project: Project;
  readonly files: AppFiles;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Config;
  /** The same with every default filled in, and no log. */
  readonly settings: Settings;
}

export interface SettingOptions {
  /** Judge the real environment as production, even where there is no build yet. False unless given. */
  readonly isDeploy?: boolean | undefined;
}

/**
 * Finds the app as it is meant: with NODE_ENV=production, or where only a build is there, the build and the real environment; else the
 * sources, with `.env`. The variables are put into this process, for app code that reads them. Throws `CLI_NO_MAIN_MODULE`,
 * `CLI_NOT_BUILT`, `CLI_TOOL_MISSING`.
 */
export async function openSetting({ isDeploy = false }: SettingOptions = {}): Promise<Setting> {
  const project = readProject();
  const files = chooseFiles(project, isDeploy);
  const environment =
    files.isBuilt || isDeploy
      ? { ...process.env, NODE_ENV: "production" }
      : { NODE_ENV: "development", ...readEnvironment(project.folder, process.env) };
  Object.assign(process.env, environment);
  if (!files.isBuilt) await loadTypeScript(project);
  return settingOf({ project, files, environment });
}

/** A setting with the configuration that its environment gives. */
export function settingOf(found: Pick<Setting, "project" | "files" | "environment">): Setting {
  const config = { ...configFromEnvironment(found.environment), root: found.files.root };
  return { ...found, config, settings: resolveConfig({ ...config, log: silentLogger }) };
}

function chooseFiles(project: Project, isDeploy: boolean): AppFiles {
  const source = sourceFiles(project);
  const built = builtFiles(project);
  if (isDeploy && existsSync(built.main)) return built;
  if (process.env.NODE_ENV === "production" && !isDeploy) {
    if (!existsSync(built.main)) throw notBuilt({ file: relative(project.folder, built.main) });
    return built;
  }
  if (existsSync(source.main)) return source;
  if (existsSync(built.main)) return built;
  throw noMainModule({ main: relative(project.folder, project.main) });
}
