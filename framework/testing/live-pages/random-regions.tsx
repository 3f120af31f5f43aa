import type { Context } from "hono";
import { z } from "zod";
import { type Database, everybody, type Html, type LiveRegion, live, RequireLogin, sql } from "../../index.ts";
import { type PageDatabase, pageTables, pick, type Random } from "./random-tables.ts";

/** What any of the regions is given. */
export interface RegionParams {
  readonly list: number;
  readonly owner: string;
}

/** What any of the queries finds: a row of a list, and the group that it belongs to. */
interface Row {
  readonly id: number;
  readonly text: string | number | null;
  readonly group: number | null;
  readonly done?: boolean | number;
}

type Query = (db: PageDatabase, params: RegionParams) => Promise<readonly Row[]>;
type Shape = (rows: readonly Row[], tool: Html | string) => Html;

const items = (db: PageDatabase) =>
  db.selectFrom("live_items").select(["live_items.id", "title as text", "list_id as group", "done"]);

const queries: Readonly<Record<string, Query>> = {
  ofList: (db, { list }) => items(db).where("list_id", "=", list).orderBy("live_items.id").execute(),
  doneOfList: (db, { list }) =>
    items(db).where("list_id", "=", list).where("done", "=", true).orderBy("place").orderBy("live_items.id").execute(),
  byPlace: (db, { list }) =>
    items(db)
      .where("list_id", "in", [list, (list + 1) % 3])
      .orderBy("place")
      .orderBy("live_items.id")
      .execute(),
  all: (db) => items(db).orderBy("list_id").orderBy("live_items.id").execute(),
  first: (db) => items(db).orderBy("place", "desc").orderBy("live_items.id").limit(3).execute(),
  joined: (db, { owner }) =>
    items(db)
      .innerJoin("live_lists", "live_lists.id", "list_id")
      .where("live_lists.owner", "=", owner)
      .orderBy("live_items.id")
      .execute(),
  counted: (db) =>
    db
      .selectFrom("live_lists")
      .leftJoin("live_items", "live_items.list_id", "live_lists.id")
      .select(({ fn }) => ["live_lists.id", "live_lists.id as group", fn.count<number>("live_items.id").as("text")])
      .groupBy("live_lists.id")
      .orderBy("live_lists.id")
      .execute(),
  listsThenItems: async (db, { owner }) => {
    const lists = await db.selectFrom("live_lists").select("id").where("owner", "=", owner).orderBy("id").execute();
    const found = await Promise.all(
      lists.map(({ id }) => items(db).where("list_id", "=", id).orderBy("live_items.id").execute()),
    );
    return found.flat();
  },
  notes: (db, { list }) =>
    db
      .selectFrom("live_notes")
      .innerJoin("live_items", "live_items.id", "item_id")
      .select(["live_notes.id", "body as text", "item_id as group", "done"])
      .where("live_items.list_id", "=", list)
      .orderBy("item_id")
      .orderBy("live_notes.id")
      .execute(),
  lostNotes: (db) =>
    db
      .selectFrom("live_notes")
      .select(["id", "body as text", "item_id as group"])
      .where("item_id", "is", null)
      .orderBy("id")
      .execute(),
  noted: (db, { list }) =>
    items(db)
      .where("list_id", "=", list)
      .where(({ exists, selectFrom }) =>
        exists(selectFrom("live_notes").select("live_notes.id").whereRef("item_id", "=", "live_items.id")),
      )
      .orderBy("place")
      .orderBy("live_items.id")
      .execute(),
  byHand: async (db, { list }) => {
    const query = sql<Row>`select id, title as text, list_id as "group", done from live_items where list_id = ${list} order by id`;
    return (await query.execute(db)).rows;
  },
};

const textOf = ({ text, done }: Row) => `${text}${done ? " ✓" : ""}`;
const item = (row: Row, tool: Html | string) => (
  <li id={`row-${row.id}`} class={row.done ? "done" : "open"}>
    {textOf(row)} {tool}
  </li>
);

const shapes: Readonly<Record<string, Shape>> = {
  list: (rows, tool) => <ul>{rows.map((row) => item(row, tool))}</ul>,
  bare: (rows, tool) => <>{rows.map((row) => item(row, tool))}</>,
  table: (rows, tool) => (
    <table id="table" class={`of-${rows.length}`}>
      <caption>{rows.length}</caption>
      <tbody>
        {rows.map((row) => (
          <tr id={`row-${row.id}`}>
            <td>{textOf(row)}</td>
            <td id={`tool-${row.id}`}>{tool}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ),
  words: (rows, tool) => (
    <p>
      {rows.map(textOf).join()} {tool}
    </p>
  ),
  counted: (rows, tool) => (
    <>
      <b id="count">{rows.length}</b>
      {rows.length === 0 ? <p>Nothing yet.</p> : <ol id="rows">{rows.map((row) => item(row, tool))}</ol>}
    </>
  ),
  groups: (rows, tool) => (
    <>
      {[...new Set(rows.map(({ group }) => group))].map((group) => (
        <article id={`group-${group}`}>
          <h2>Group {group}</h2>
          <ul id={`rows-${group}`}>{rows.filter((row) => row.group === group).map((row) => item(row, tool))}</ul>
        </article>
      ))}
    </>
  ),
  columns: (rows, tool) => (
    <>
      {[0, 1, 2].map((group) => (
        <ul id={`column-${group}`}>{rows.filter((row) => row.group === group).map((row) => item(row, tool))}</ul>
      ))}
    </>
  ),
  halves: (rows, tool) => (
    <ul>
      {rows.filter(({ done }) => done).map((row) => item(row, tool))}
      <li>— still open —</li>
      {rows.filter(({ done }) => !done).map((row) => item(row, tool))}
    </ul>
  ),
  tags: (rows, tool) => (
    <div>
      {rows.map((row) =>
        row.done ? <del id={`row-${row.id}`}>{row.text}</del> : <p id={`row-${row.id}`}>{[row.text, tool]}</p>,
      )}
    </div>
  ),
  spaced: (rows, tool) => (
    <p>
      {rows.map((row) => [<i id={`row-${row.id}`}>{textOf(row)}</i>, " "])} {tool}
    </p>
  ),
  fields: (rows, tool) => (
    <form id="form">
      {rows.map((row) => (
        <fieldset id={`row-${row.id}`}>
          <input name="text" value={String(row.text)} />
          <textarea id={`field-${row.id}`}>{textOf(row)}</textarea>
          <svg id={`picture-${row.id}`} viewBox="0 0 9 9">
            <title>Dot</title>
            <circle r={row.done ? 1 : 2} />
          </svg>
          {tool}
        </fieldset>
      ))}
    </form>
  ),
};

export const paramsSchema = z.object({ list: z.number(), owner: z.string() });

export interface RandomRegion {
  /** What it is, for people. */
  readonly what: string;
  readonly Region: LiveRegion<RegionParams>;
}

/** Whatever only an owner may see. */
export const ownersOnly = "Only owners see this.";

export function randomRegion(number: number, random: Random): RandomRegion {
  const [query, run] = pick(random, Object.entries(queries));
  const [shape, draw] = pick(random, Object.entries(shapes));
  const kind = pick(random, ["shared", "classes", "classes", "alike", "person"] as const);
  const everyMs = pick(random, [0, 5, 40]);
  const reads = query === "byHand" && random(2) === 0 ? ["live_items"] : [];
  const common = { name: `region-${number}`, params: paramsSchema, everyMs, ...(reads.length > 0 ? { reads } : {}) };
  const load = ({ db }: { readonly db: Database }, params: RegionParams) => run(pageTables(db), params);
  const grant = async (c: Context, { list }: RegionParams) => {
    const found = await pageTables(c.var.kit.db)
      .selectFrom("live_roles")
      .select("list_id")
      .where("user_id", "=", c.var.user?.id ?? "")
      .where("list_id", "=", list)
      .executeTakeFirst();
    return found ? ("owner" as const) : ("member" as const);
  };
  const audiences = ["owner", "member"] as const;
  const regions = {
    shared: () => live({ ...common, grant: everybody, load, render: (rows) => draw(rows, "") }),
    classes: () =>
      live({
        ...common,
        audiences,
        grant,
        load,
        render: (rows, { audience }) =>
          draw(rows, audience === "owner" ? <button type="button">{ownersOnly}</button> : ""),
      }),
    // Has classes, and doesn't ask for them.
    alike: () => live({ ...common, audiences, grant, load, render: (rows) => draw(rows, "all") }),
    person: () =>
      live({
        ...common,
        audience: "person",
        grant: RequireLogin,
        load: async (sources, params) => ({ rows: await load(sources, params), userId: sources.userId }),
        render: ({ rows, userId }) => draw(rows, <b>for {userId}</b>),
      }),
  };
  const what = `${query} as ${shape} for ${kind} every ${everyMs} ms${reads.length > 0 ? ", which says what it reads" : ""}`;
  return { what, Region: regions[kind]() };
}
