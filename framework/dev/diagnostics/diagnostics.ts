import type { Hono } from "hono";
import { reasonOf } from "../../base/index.ts";
import type { DevKit } from "../dev-kit.ts";

/** What the diagnostics page shows, as plain JSON so that two snapshots can be compared. */
export interface Diagnostics {
  /** The most important figures, in order; null if the kit has no such part. */
  readonly figures: readonly { readonly label: string; readonly value: number | null }[];
  readonly stream: readonly Fact[];
  readonly jobs: readonly Fact[];
  readonly versions: readonly Fact[];
  readonly components: readonly string[];
  readonly importMap: readonly Fact[];
  readonly migrations: readonly { readonly name: string; readonly appliedAt: string | null }[];
  readonly migrationProblems: readonly string[];
  readonly routes: readonly { readonly method: string; readonly path: string }[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Collects facts about the app and the kit. If a part fails, its error is shown and the rest still appears. */
export async function readDiagnostics(app: Hono, kit: DevKit): Promise<Diagnostics> {
  const [jobs, users, migrations] = await Promise.all([
    settle(() => kit.jobs?.stats()),
    settle(() => kit.countUsers?.()),
    settle(() => kit.migrator?.status()),
  ]);
  const pins = kit.importMap ? [...kit.importMap.list()] : undefined;
  const components = kit.components ? [...kit.components.names()].sort() : undefined;
  return {
    figures: [
      { label: "SSE connections", value: kit.broker?.clientCount ?? null },
      { label: "Users", value: users.value ?? null },
      { label: "Pending jobs", value: jobs.value ? jobs.value.totals.ready + jobs.value.totals.delayed : null },
      { label: "Import map entries", value: pins?.length ?? null },
      { label: "Components", value: components?.length ?? null },
      { label: "Mails", value: kit.inbox ? kit.inbox.list().length : null },
    ],
    stream: [...flatten(kit.broker?.stats() ?? {})],
    jobs: [...flatten({ engine: jobs.value?.engine, ...jobs.value?.totals }), ...failure(jobs.error)],
    versions: versionsOf(kit),
    components: components ?? [],
    importMap: (pins ?? []).map(pinFact),
    migrations: migrations.value?.entries ?? [],
    migrationProblems: [
      ...(migrations.value?.problems ?? []).map(({ text }) => text),
      ...failure(migrations.error).map(({ value }) => value),
    ],
    routes: routesOf(app),
  };
}

async function settle<T>(ask: () => T | Promise<T>): Promise<{ readonly value?: T; readonly error?: unknown }> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error };
  }
}

function failure(error: unknown): Fact[] {
  return error === undefined ? [] : [{ name: "error", value: reasonOf(error) }];
}

function* flatten(value: object, prefix = ""): Generator<Fact> {
  for (const [key, entry] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof entry === "object" && entry !== null && prefix.split(".").length < 3) yield* flatten(entry, name);
    else if (entry !== undefined) yield { name, value: formatValue(entry) };
  }
}

function formatValue(value: unknown): string {
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
}

function pinFact(pin: unknown): Fact {
  if (Array.isArray(pin)) return { name: String(pin[0]), value: pin.slice(1).map(String).join(" ") };
  if (typeof pin !== "object" || pin === null) return { name: String(pin), value: "" };
  const [name = "", value = ""] = Object.values(pin).filter((part) => typeof part === "string");
  return { name, value };
}

function versionsOf(kit: DevKit): Fact[] {
  return [
    { name: "Buffkit", value: kit.version },
    { name: "Node.js", value: process.versions.node },
    { name: "Database", value: kit.db?.dialect ?? "none" },
    { name: "Process", value: String(process.pid) },
  ];
}

function routesOf(app: Hono): Diagnostics["routes"] {
  const routes = new Map<string, { method: string; path: string }>();
  for (const { method, path } of app.routes) {
    if (method !== "ALL" && !path.startsWith("/__")) routes.set(`${method} ${path}`, { method, path });
  }
  return [...routes.values()].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}
