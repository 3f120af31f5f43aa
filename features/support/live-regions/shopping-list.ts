import { everybody, type Kit, live, type Part } from "buffkit";
import { html } from "hono/html";
import { Fragment, jsx } from "hono/jsx";
import { z } from "zod";

/** The tables of this part; the scenario creates them. */
type Tables = {
  items: { id: number; list: string; name: string };
  owners: { list: string; owner: string };
};

export const tablesOf = ({ db }: Pick<Kit, "db">) => db.withTables<Tables>();

/** The rows of a table, so that updates of parts of tables are tried as well. */
export const Items = live({
  name: "items",
  params: z.object({ list: z.string(), q: z.string() }),
  grant: everybody,
  load: (kit, { list, q }) =>
    tablesOf({ db: kit.db })
      .selectFrom("items")
      .selectAll()
      .where("list", "=", list)
      .where("name", "like", `%${q}%`)
      .orderBy("id")
      .execute(),
  render: (items) => html`<table>
    <caption>Everything that somebody still has to buy, in the order in which it was added to the list</caption>
    <tbody>
      ${items.map(
        ({ id, name }) => html`<tr id="item-${id}">
          <th scope="row">${name}</th>
          <td><input id="note-${id}" name="note-${id}" aria-label="Note on ${name}"></td>
        </tr>`,
      )}
    </tbody>
  </table>`,
});

/** Who asks is told by a header: accounts are not what these scenarios are about. */
export const Tools = live({
  name: "tools",
  params: z.object({ list: z.string() }),
  audiences: ["owner", "guest"],
  grant: async (c, { list }) => {
    const row = await tablesOf(c.var.kit).selectFrom("owners").selectAll().where("list", "=", list).executeTakeFirst();
    return row !== undefined && row.owner === c.req.header("X-Person") ? "owner" : "guest";
  },
  load: ({ db }, { list }) => tablesOf({ db }).selectFrom("items").select("id").where("list", "=", list).execute(),
  render: (items, { audience }) =>
    html`<p>${items.length} things ${audience === "owner" ? html`<button type="button">Empty the list</button>` : ""}</p>`,
});

export const shoppingList: Part = {
  name: "shopping-list",
  live: [Items, Tools],
  mount(app, kit) {
    app.get("/lists/:list", (c) => {
      const list = c.req.param("list");
      const path = `/lists/${list}`;
      return c.render(
        jsx(
          Fragment,
          {},
          html`<form action="${path}" hx-get="${path}" hx-target="#found" hx-select="#found" hx-swap="outerHTML">
            <input name="q" aria-label="Search">
            <button type="submit">Search</button>
          </form>`,
          jsx("div", { id: "found" }, jsx(Items, { list, q: c.req.query("q") ?? "" })),
          jsx(Tools, { list }),
          html`<form method="post" action="${path}" hx-post="${path}" hx-swap="none">
            <input name="name" aria-label="What do you need?">
            <button type="submit">Add</button>
          </form>
          <a href="/lists/other" hx-boost="true">The other list</a>`,
        ),
        { title: "Shopping list" },
      );
    });
    app.post("/lists/:list", async (c) => {
      const { name } = await c.req.parseBody<{ name: string }>();
      const list = c.req.param("list");
      await tablesOf(kit).insertInto("items").values({ id: Date.now(), list, name }).execute();
      return c.req.header("HX-Request") ? c.body(null, 204) : c.redirect(`/lists/${list}`, 303);
    });
  },
};
