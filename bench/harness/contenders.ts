import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./compile.ts";
import { benchRoot } from "./paths.ts";

/** One server of the comparison: how to start it, or why it is left out. */
export type Contender =
  | { readonly name: string; readonly command: readonly string[] }
  | { readonly name: string; readonly skipped: string };

/** A contender that can be started. */
export type Runner = Extract<Contender, { command: readonly string[] }>;

/** Those that only broadcast: they take part in every scenario that doesn't name its own. */
export const broadcasters = [
  "limit",
  "ours",
  "ours-each-turn",
  "nchan",
  "res-write",
  "better-sse",
  "transmit",
  "hono",
] as const;

/** Ways to keep pages true, of which the models are what other designs have to do at least. */
export const liveWays = ["regions", "by-hand", "model-page-refresh", "model-polling", "model-render-and-diff"] as const;

/** All names, in the order of the tables. */
export const contenderNames = [...broadcasters, ...liveWays] as const;

export type ContenderName = (typeof contenderNames)[number];

/** Contenders that are another contender's program with an option. */
const variants: Partial<Record<ContenderName, readonly [file: string, option: string]>> = {
  "ours-each-turn": ["ours.ts", "--each-turn"],
  regions: ["live.tsx", "--regions"],
  "by-hand": ["live.tsx", "--by-hand"],
  "model-page-refresh": ["live.tsx", "--page-refresh"],
  "model-polling": ["live.tsx", "--polling"],
  "model-render-and-diff": ["live.tsx", "--render-and-diff"],
};

/** The command that runs a TypeScript file of this folder. */
export function nodeCommand(file: string, options: readonly string[] = []): readonly string[] {
  return [process.execPath, ...options, "--import", "tsx", join(benchRoot, file)];
}

/** Finds the contenders that can run on this machine. */
export function findContenders(names: readonly ContenderName[], nodeOptions: readonly string[]): readonly Contender[] {
  return names.map((name) => {
    if (name === "limit") return findLimit();
    const missing = name === "nchan" ? missingNchan() : null;
    if (missing !== null) return { name, skipped: missing };
    const [file, ...settings] = variants[name] ?? [`${name}.ts`];
    return { name, command: [...nodeCommand(`servers/${file}`, nodeOptions), ...settings] };
  });
}

function findLimit(): Contender {
  const program = compile("servers/limit-server.c");
  return program.ok ? { name: "limit", command: [program.path, "0"] } : { name: "limit", skipped: program.reason };
}

/** Where Debian's libnginx-mod-nchan puts the module. */
export const nchanModule = "/usr/lib/nginx/modules/ngx_nchan_module.so";

function missingNchan(): string | null {
  if (spawnSync("nginx", ["-v"]).status !== 0) return "nginx is not installed";
  return existsSync(nchanModule) ? null : `nginx has no nchan module at ${nchanModule}`;
}
