import { type Database, sql } from "../../db/index.ts";
import { type Change, everyTable, type Read } from "./change.ts";

/** What queries don't say: which tables change along with others, and which are views. */
interface Facts {
  /** For each table those whose rows a deletion in it may delete or change. */
  readonly cascades: ReadonlyMap<string, readonly string[]>;
  readonly views: ReadonlySet<string>;
}

type Row = { readonly child: string; readonly parent: string };

/** The facts about the tables of a database, read once and again after their structure has changed. */
export class TableFacts {
  readonly #db: Database;
  #facts: Facts | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  async load(): Promise<void> {
    const db = this.#db;
    const [edges, views] = [await readCascades(db), await readViews(db)];
    const cascades = new Map<string, string[]>();
    for (const { child, parent } of edges) {
      const known = cascades.get(parent.toLowerCase()) ?? [];
      known.push(child.toLowerCase());
      cascades.set(parent.toLowerCase(), known);
    }
    this.#facts = { cascades, views: new Set(views.map((name) => name.toLowerCase())) };
  }

  forget(): void {
    this.#facts = undefined;
  }

  get isKnown(): boolean {
    return this.#facts !== undefined;
  }

  /** Whether what is read may change with tables that the query doesn't name. */
  isOpaque({ table }: Read): boolean {
    return this.#facts?.views.has(table) !== false;
  }

  /** The tables that foreign keys change along with a deletion; all tables while nothing is known. */
  cascade(table: string): readonly Change[] {
    if (!this.#facts) return [{ table: everyTable, only: {} }];
    const found = new Set<string>();
    const visit = (name: string) => {
      for (const child of this.#facts?.cascades.get(name) ?? []) {
        if (found.has(child)) continue;
        found.add(child);
        visit(child);
      }
    };
    visit(table);
    return [...found].map((name) => ({ table: name, only: {} }));
  }
}

async function readCascades(db: Database): Promise<readonly Row[]> {
  if (db.dialect === "sqlite") {
    const { rows } = await sql<Row>`
      select m.name as child, f."table" as parent from sqlite_master m, pragma_foreign_key_list(m.name) f
      where m.type = 'table' and f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT')`.execute(db);
    return rows;
  }
  if (db.dialect === "postgres") {
    const { rows } = await sql<Row>`
      select child.relname as child, parent.relname as parent from pg_constraint c
      join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
      where c.contype = 'f' and c.confdeltype in ('c', 'n', 'd')`.execute(db);
    return rows;
  }
  const { rows } = await sql<Row>`
    select table_name as child, referenced_table_name as parent from information_schema.referential_constraints
    where constraint_schema = database() and delete_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT')`.execute(db);
  return rows;
}

async function readViews(db: Database): Promise<readonly string[]> {
  const query =
    db.dialect === "sqlite"
      ? sql<{ name: string }>`select name from sqlite_master where type = 'view'`
      : db.dialect === "postgres"
        ? sql<{ name: string }>`select relname as name from pg_class where relkind in ('v', 'm')`
        : sql<{
            name: string;
          }>`select table_name as name from information_schema.views where table_schema = database()`;
  const { rows } = await query.execute(db);
  return rows.map(({ name }) => name);
}
