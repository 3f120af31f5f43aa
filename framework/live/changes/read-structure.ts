import { type Database, type RawBuilder, sql } from "../../db/index.ts";
import type { ColumnKind } from "./comparable.ts";

/** What queries don't say about the tables of a database. Names may be in any case. */
export interface Structure {
  /** Foreign keys, and whether they change rows along with deletions and updates of the rows that they point to. */
  readonly keys: readonly { child: string; parent: string; deletes: boolean | number; updates: boolean | number }[];
  /** Columns, and whether their values can be told apart. */
  readonly columns: readonly { table: string; column: string; kind: ColumnKind | null }[];
  /**
   * `view`: shows other tables. `trigger`: a write may change other tables. `computing`: an update may change columns that it doesn't name.
   */
  readonly special: readonly { name: string; what: "view" | "trigger" | "computing" }[];
  /** Tables that consist of others. */
  readonly partitions: readonly { child: string; parent: string }[];
}

type Queries = { readonly [Part in keyof Structure]: RawBuilder<Structure[Part][number]> | undefined };

/** Reads the structure of a database. */
export async function readStructure(db: Database): Promise<Structure> {
  const queries: Queries = { sqlite, postgres, mysql }[db.dialect];
  const read = async <Row>(query: RawBuilder<Row> | undefined) => (query ? (await query.execute(db)).rows : []);
  return {
    keys: await read(queries.keys),
    columns: await read(queries.columns),
    special: await read(queries.special),
    partitions: await read(queries.partitions),
  };
}

// Virtual tables, such as those of a full text search, may show the rows of another one. `hidden` are generated columns. `like` respects case here.
const sqlite: Queries = {
  keys: sql`
    select m.name as child, f."table" as parent,
      f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT') as deletes,
      f.on_update in ('CASCADE', 'SET NULL', 'SET DEFAULT') as updates
    from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
  columns: sql`
    select m.name as "table", c.name as "column",
      case when lower(c.type) like '%int%' or lower(c.type) like 'bool%' then 'integer' else 'text' end as kind
    from sqlite_master m, pragma_table_xinfo(m.name) c
    where m.type = 'table' and c.hidden = 0
      and (lower(c.type) like '%int%' or lower(c.type) like 'bool%' or lower(c.type) like '%char%' or lower(c.type) like '%text%' or lower(c.type) like '%clob%')`,
  special: sql`
    select case type when 'trigger' then tbl_name else name end as name,
      case type when 'trigger' then 'trigger' else 'view' end as what
    from (select * from sqlite_master union all select * from sqlite_temp_master)
    where type in ('view', 'trigger') or lower(sql) like 'create virtual%'
    union all select m.name, 'computing' from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table' and c.hidden in (2, 3)`,
  partitions: undefined,
};

// Enums compare as texts. With other collations than deterministic ones, anything may be equal. `relhasrules` stays true when
// a rule is dropped.
const postgres: Queries = {
  keys: sql`
    select child.relname as child, parent.relname as parent,
      c.confdeltype in ('c', 'n', 'd') as deletes, c.confupdtype in ('c', 'n', 'd') as updates
    from pg_constraint c
    join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
    where c.contype = 'f'`,
  columns: sql`
    select r.relname as "table", a.attname as "column",
      case when a.attgenerated <> '' or not coalesce(l.collisdeterministic, true) then null
        when t.typname = 'bool' then 'boolean' when t.typname in ('int2', 'int4', 'int8') then 'integer'
        when t.typtype = 'e' or t.typname in ('text', 'varchar', 'bpchar', 'citext', 'uuid') then 'text' end as kind
    from pg_attribute a
    join pg_class r on r.oid = a.attrelid join pg_namespace n on n.oid = r.relnamespace
    join pg_type t on t.oid = a.atttypid left join pg_collation l on l.oid = a.attcollation
    where a.attnum > 0 and not a.attisdropped and r.relkind in ('r', 'p')
      and n.nspname not in ('pg_catalog', 'information_schema')`,
  special: sql`
    select r.relname as name, case when r.relkind in ('v', 'm', 'f') then 'view' else 'trigger' end as what
    from pg_class r join pg_namespace n on n.oid = r.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and (r.relkind in ('v', 'm', 'f')
      or (r.relkind in ('r', 'p') and (exists (select 1 from pg_rewrite w where w.ev_class = r.oid)
        or exists (select 1 from pg_trigger t where t.tgrelid = r.oid and not t.tgisinternal and t.tgenabled <> 'D'))))
    union all select r.relname, 'computing' from pg_attribute a join pg_class r on r.oid = a.attrelid
    where a.attgenerated <> '' and not a.attisdropped and r.relkind in ('r', 'p')`,
  partitions: sql`
    select child.relname as child, parent.relname as parent from pg_inherits i
    join pg_class child on child.oid = i.inhrelid join pg_class parent on parent.oid = i.inhparent
    where parent.relkind in ('r', 'p')`,
};

// Under some collations "ch" is "c", or "i" is "j".
const mysql: Queries = {
  keys: sql`
    select table_name as child, referenced_table_name as parent,
      delete_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT') as deletes,
      update_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT') as updates
    from information_schema.referential_constraints where constraint_schema = database()`,
  columns: sql`
    select table_name as \`table\`, column_name as \`column\`,
      case when data_type not like '%int' then 'text' when extra like '%auto_increment%' then 'key' else 'integer' end as kind
    from information_schema.columns
    where table_schema = database() and coalesce(generation_expression, '') = ''
      and data_type in ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'uuid')
      and (collation_name is null
        or collation_name regexp '_bin$|_general|_unicode|(uca1400|0900)_(nopad_)?a[is]_|^latin1_swedish')`,
  special: sql`
    select table_name as name, 'view' as what from information_schema.views where table_schema = database()
    union all select event_object_table, 'trigger' from information_schema.triggers where event_object_schema = database()
    union all select table_name, 'computing' from information_schema.columns
    where table_schema = database() and (coalesce(generation_expression, '') <> '' or extra like '%on update%')`,
  partitions: undefined,
};
