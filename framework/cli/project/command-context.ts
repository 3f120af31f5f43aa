import { existsSync } from "node:fs";
import { relative } from "node:path";
import { silentLogger } from "../../base/index.ts";
import { type Config, configFromEnvironment, resolveConfig, type Settings } from "../../kit/index.ts";
import { noMainModule, notBuilt } from "../errors.ts";
import { readEnvironment } from "./env-file.ts";
import { type AppFiles, builtFiles, type Project, readProject, sourceFiles } from "./project.ts";
import { loadTypeScript } from "./typescript-loader.ts";

/** What a command works with: the project, its sources or its build, the environment, and the configuration read from it. */
export interface CommandContext {
  readonly project: Project;
  readonly files: AppFiles;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Config;
  /** The same with every default filled in, and a silent log. */
  readonly settings: Settings;
}

export interface CommandContextOptions {
  /** Check the real environment as production, even if there is no build yet. Default: false. */
  readonly isDeploy?: boolean;
}

/**
 * Decides how to look at the app. With NODE_ENV=production, or if there is only a build: the build and the real environment; otherwise
 * the sources and `.env`. The variables are set in this process too, for app code that reads them. Throws `CLI_NO_MAIN_MODULE`,
 * `CLI_NOT_BUILT`, `CLI_TOOL_MISSING`.
 */
export async function openCommandContext({ isDeploy = false }: CommandContextOptions = {}): Promise<CommandContext> {
  const project = readProject();
  const files = chooseFiles(project, isDeploy);
  const environment =
    files.isBuilt || isDeploy
      ? { ...process.env, NODE_ENV: "production" }
      : { NODE_ENV: "development", ...readEnvironment(project.folder, process.env) };
  Object.assign(process.env, environment);
  if (!files.isBuilt) await loadTypeScript(project);
  return createCommandContext({ project, files, environment });
}

/** Adds the configuration that the environment describes. */
export function createCommandContext(found: Pick<CommandContext, "project" | "files" | "environment">): CommandContext {
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
