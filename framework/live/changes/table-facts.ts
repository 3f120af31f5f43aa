import type { Database } from "../../db/index.ts";
import {
  type Change,
  changesEverything,
  everyTable,
  isOfStructure,
  type Read,
  readsEverything,
  type Write,
} from "./change.ts";
import type { ColumnKind } from "./comparable.ts";
import { readStructure, type Structure } from "./read-structure.ts";

/**
 * Tables that the framework writes to all the time, and that no page shows. What the app itself shows of them, it has to update with
 * `kit.live.changed`.
 */
const quietTables = new Set(
  "sessions tokens audit_log rate_limits jobs job_schedules second_factors recovery_codes schema_migrations".split(" "),
);

/** By the tables that partitions belong to. */
interface Facts {
  /** For each table those whose rows change along with a deletion, and with an update. */
  readonly deletes: ReadonlyMap<string, readonly string[]>;
  readonly updates: ReadonlyMap<string, readonly string[]>;
  /** By table and column; undefined for those that go by the same name and differ. */
  readonly kinds: ReadonlyMap<string, ColumnKind | undefined>;
  readonly views: ReadonlySet<string>;
  readonly triggers: ReadonlySet<string>;
  /** Those with columns that the database computes. */
  readonly computing: ReadonlySet<string>;
  /** For each partition the table that it belongs to. */
  readonly parents: ReadonlyMap<string, string>;
}

/** What is known about the tables of a database, read once and again after their structure has changed. */
export class TableFacts {
  readonly #db: Database;
  #facts: Facts | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  async load(): Promise<void> {
    this.#facts = factsOf(await readStructure(this.#db.withoutPlugins()));
  }

  forget(): void {
    this.#facts = undefined;
  }

  readonly kindOf = (table: string, column: string): ColumnKind | undefined =>
    this.#facts?.kinds.get(`${table}.${column}`);

  /** What is read if this is: everything if it may change with tables that the query doesn't name. */
  readOf(read: Read): Read {
    if (!this.#facts || read.table === everyTable) return readsEverything;
    const table = rootOf(read.table, this.#facts.parents);
    return this.#facts.views.has(table) ? readsEverything : { ...read, table };
  }

  /** What changes with a write: with foreign keys, and with triggers anything. */
  changesOf(write: Write): readonly Change[] {
    if (isOfStructure(write)) return [write];
    const { act, ...given } = write;
    const facts = this.#facts;
    if (!facts) return quietTables.has(write.table) ? [] : [changesEverything];
    const table = rootOf(write.table, facts.parents);
    const along = tablesAlong(facts, table, act);
    const isOpaque = [table, ...along].some((name) => facts.triggers.has(name) || facts.views.has(name));
    if (table === everyTable || isOpaque) return [changesEverything];
    const change = { ...given, table };
    const { set, ...anyColumn } = change;
    // Other columns are computed from those that were set.
    const own = set && facts.computing.has(table) ? anyColumn : change;
    return [own, ...along.map((name) => ({ table: name, only: {} }))].filter(
      ({ table: name }) => !quietTables.has(name),
    );
  }
}

/** What foreign keys change along. Where they set a null, a deletion becomes an update, but never the other way round. */
function tablesAlong(facts: Facts, table: string, act: Write["act"]): readonly string[] {
  const found = new Map<string, Write["act"]>();
  const visit = (name: string, how: Write["act"]) => {
    if (found.get(name) === "delete" || found.get(name) === how) return;
    found.set(name, how);
    follow(name, how);
  };
  const follow = (name: string, how: Write["act"]) => {
    for (const child of facts.updates.get(name) ?? []) visit(child, "update");
    if (how === "delete") for (const child of facts.deletes.get(name) ?? []) visit(child, "delete");
  };
  if (act !== "insert") follow(table, act);
  return [...found.keys()];
}

function rootOf(table: string, parents: Facts["parents"]): string {
  let root = table;
  for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
  return root;
}

function factsOf({ keys, columns, special, partitions }: Structure): Facts {
  const kinds = new Map<string, ColumnKind | undefined>();
  for (const { table, column, kind } of columns) {
    const name = `${table}.${column}`.toLowerCase();
    // In two schemas, they may differ.
    kinds.set(name, kind === null || (kinds.has(name) && kinds.get(name) !== kind) ? undefined : kind);
  }
  const parents = parentsIn(partitions);
  // What one of the partitions has, a write to any other of them may meet.
  const root = (name: string) => rootOf(name.toLowerCase(), parents);
  const named = (what: string) => new Set(special.filter((each) => each.what === what).map(({ name }) => root(name)));
  return {
    deletes: childrenBy(
      root,
      keys.filter(({ deletes }) => Boolean(deletes)),
    ),
    updates: childrenBy(
      root,
      keys.filter(({ updates }) => Boolean(updates)),
    ),
    kinds,
    views: named("view"),
    triggers: named("trigger"),
    computing: named("computing"),
    parents,
  };
}

/** One root for all that belong together. */
function parentsIn(partitions: Structure["partitions"]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const { child, parent } of partitions) {
    const [below, above] = [rootOf(child.toLowerCase(), parents), rootOf(parent.toLowerCase(), parents)];
    if (below !== above) parents.set(below, above);
  }
  return parents;
}

function childrenBy(root: (name: string) => string, keys: Structure["keys"]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { child, parent } of keys) {
    const name = root(parent);
    children.set(name, [...(children.get(name) ?? []), root(child)]);
  }
  return children;
}
