// Live regions: what they infer, and each wrong use, which must be an error.
import {
  type ColumnType,
  type Database,
  everybody,
  type Generated,
  type Insertable,
  live,
  Only,
  type Private,
  RequireLogin,
  RequireRole,
  type Selectable,
  seal,
} from "buffkit";
import { z } from "zod";

export const buttons = [
  <Only for="ann">Delete</Only>,
  <Only for={["ann", null]} roles="admin" />,
  <Only roles={["admin", "staff"]} />,
  // @ts-expect-error: it doesn't say for whom.
  <Only>Delete</Only>,
  // @ts-expect-error: a user is named by id.
  <Only for={7} />,
];

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const is = <_Fact extends true>() => undefined;

interface TicketTable {
  id: Generated<string>;
  title: string;
  note: Private<string | null, "staff" | "admin">;
  rating: Generated<Private<number, "admin">>;
  paid_at: ColumnType<Private<Date, "admin">, string, string>;
}
type Shown = { tickets: TicketTable };
declare const db: Database<Shown>;
const ticketsOf = (given: Database) => given.withTables<Shown>().selectFrom("tickets");

/** Params, and what `load` returns, are known in `render`; the audience is one of those that are declared. */
export const Tickets = live({
  name: "tickets",
  params: z.object({ list: z.string(), page: z.number().default(1) }),
  audiences: ["staff", "guest"],
  grant: async (c, { list, page }) => {
    is<Equal<typeof list, string>>();
    is<Equal<typeof page, number>>();
    return c.var.user ? "staff" : "guest";
  },
  load: ({ db }, { list }) => ticketsOf(db).select(["id", "title"]).where("title", "=", list).execute(),
  render: (tickets, { audience, params }) => {
    is<Equal<typeof tickets, { id: string; title: string }[]>>();
    is<Equal<typeof audience, "staff" | "guest">>();
    is<Equal<typeof params.page, number>>();
    // @ts-expect-error: there is no such audience.
    if (audience === "boss") return <p />;
    return <p>{tickets[0]?.title}</p>;
  },
});
export const inPages = [
  <Tickets list="a" />,
  <Tickets list="a" page={2} />,
  // @ts-expect-error: the region needs its list.
  <Tickets />,
  // @ts-expect-error: a misspelt param.
  <Tickets list="a" pgae={2} />,
  // @ts-expect-error: a page is a number.
  <Tickets list="a" page="2" />,
];

export const WithoutParams = live({ name: "a", grant: everybody, load: () => 1, render: (one) => <p>{one}</p> });
// @ts-expect-error: the region has no params.
export const withParams = <WithoutParams list="a" />;

// @ts-expect-error: nobody says who may see it.
live({ name: "a", load: () => 1, render: () => <p /> });
// @ts-expect-error: `load` has no request.
live({ name: "a", grant: everybody, load: ({ c }) => c, render: () => <p /> });
// @ts-expect-error: `render` has no request.
live({ name: "a", grant: everybody, load: () => 1, render: (_, { c }) => <p>{c}</p> });
// @ts-expect-error: only a region of one person is told whose it is.
live({ name: "a", grant: RequireLogin, load: ({ userId }) => userId, render: () => <p /> });

const one = { name: "a", load: () => 1, render: () => <p /> };
const two = { ...one, audiences: ["a", "b"] } as const;
live({ ...two, grant: (c) => c.var.user !== null && "a" });
// @ts-expect-error: `render` doesn't know the user.
live({ ...two, grant: () => "a", render: (_, { user }) => <p>{user}</p> });
// @ts-expect-error: `grant` answers something that is no audience.
live({ ...two, grant: () => "boss" });
// @ts-expect-error: the same, sometimes and later.
live({ ...two, grant: async (c) => c.var.user?.role ?? "a" });
// @ts-expect-error: `grant` names no audience.
live({ ...two, grant: () => true });
// @ts-expect-error: a guard names no audience.
live({ ...two, grant: RequireRole("a") });
// @ts-expect-error: a region without audiences has none to name.
live({ ...one, grant: () => "a" });
// @ts-expect-error: a region is one person's, or has audiences.
live({ ...two, audience: "person", grant: () => "a" });

/** Private columns in queries: conditions, inserts and updates take plain values. */
export const queries = [
  db.selectFrom("tickets").selectAll().where("note", "=", "a").where("note", "is", null).where("rating", ">", 3),
  db.selectFrom("tickets").select("id").where("note", "like", "%a%").where("note", "in", ["a", "b"]).orderBy("note"),
  db.selectFrom("tickets").select(({ fn }) => [fn.count("note").as("notes"), fn.max("rating").as("best")]),
  db.insertInto("tickets").values({ title: "a", note: "a", paid_at: "2026-01-01" }),
  db.updateTable("tickets").set({ note: null, rating: 3 }).where("rating", "=", 2),
];
export const inserted: Insertable<TicketTable> = { title: "a", note: "a", paid_at: "2026-01-01" };
export function usedElsewhere({ note, rating }: Selectable<TicketTable>): readonly unknown[] {
  return [
    // @ts-expect-error: not a text that anyone may see.
    `Note: ${note}`,
    // @ts-expect-error: not a text that anyone may see.
    <p title={note ?? ""} />,
    // @ts-expect-error: not a number that anyone may see.
    rating.toFixed(1),
    // @ts-expect-error: not for this audience.
    seal(note, "guest"),
    // Where a guard has checked who is asking.
    (note as string | null)?.length,
  ];
}

const shared = { name: "a", grant: everybody, render: () => <p /> } as const;
const all = () => db.selectFrom("tickets").selectAll().execute();
const sealedNotes = async () => (await all()).map(({ id, note }) => ({ id, note: seal(note, "staff") }));
live({ ...shared, load: () => db.selectFrom("tickets").select(["id", "title"]).execute() });
// @ts-expect-error: a note isn't for everybody.
live({ ...shared, load: all });
// @ts-expect-error: the same, further inside.
live({ ...shared, load: async () => ({ pages: [{ tickets: new Map([["a", await all()]]) }] }) });
// @ts-expect-error: the same with a rating, if there is one.
live({ ...shared, load: () => db.selectFrom("tickets").select("rating").executeTakeFirst() });
// @ts-expect-error: what is sealed isn't for everybody either.
live({ ...shared, load: sealedNotes });
// A region of one person loads what is theirs.
live({ ...shared, audience: "person", load: all });

/** What `load` has sealed. */
const audiences = ["staff", "guest"] as const;
const classified = { name: "a", audiences, grant: () => "staff" as const, render: () => <p /> };
live({
  ...classified,
  load: sealedNotes,
  render: (tickets, { reveal }) => {
    const [ticket] = tickets;
    const note = ticket && reveal(ticket.note);
    is<Equal<typeof note, string | null | undefined>>();
    return <p title={note ?? ""} />;
  },
});
live({ ...classified, load: () => seal("text", "staff"), render: (text, { reveal }) => <p>{reveal(text)}</p> });
// @ts-expect-error: nothing is sealed.
live({ ...classified, load: all });
// @ts-expect-error: it is sealed for somebody who doesn't look at this region.
live({ ...classified, load: async () => seal((await all())[0]?.rating, "admin") });
// @ts-expect-error: it isn't sealed.
live({ ...classified, load: () => "text", render: (text, { reveal }) => <p>{reveal(text)}</p> });
// @ts-expect-error: who looks at the region, and may not see it.
live({ ...classified, load: () => db.selectFrom("tickets").select("note").execute() });
// Everybody who looks may see it.
live({
  ...{ name: "a", audiences: ["staff", "admin"], grant: () => "staff" as const },
  load: () => db.selectFrom("tickets").select("note").execute(),
  render: ([ticket]) => <p>{ticket?.note}</p>,
});

/** Data of any shape. */
interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  readonly parent?: Folder;
}
declare const folder: Folder;
declare const unknownData: unknown;
class Shape {
  #size = 1;
  get size() {
    return this.#size;
  }
}
export const shapes = [
  live({ ...shared, load: () => folder }),
  live({ ...shared, load: () => unknownData }),
  live({ ...shared, load: () => undefined }),
  live({ ...shared, load: async () => [new Date(), new Set([1]), new Shape(), null, 1n, () => 1] as const }),
  live({ ...shared, load: () => JSON.parse("1") }),
];
