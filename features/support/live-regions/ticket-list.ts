import { everybody, type Kit, live, Only, type Part } from "buffkit";
import { html } from "hono/html";
import { Fragment, jsx } from "hono/jsx";

type Tables = { tickets: { id: number; maker: string; title: string } };

export const ticketsOf = ({ db }: Pick<Kit, "db">) => db.withTables<Tables>();

export const Tickets = live({
  name: "tickets",
  grant: everybody,
  load: ({ db }) => ticketsOf({ db }).selectFrom("tickets").selectAll().orderBy("id").execute(),
  render: (tickets) =>
    html`<ul>
      ${tickets.map(
        ({ id, maker, title }) => html`<li id="ticket-${id}">
          <a href="#ticket-${id}">${title}</a>
          ${jsx(Only, { for: maker }, html`<button type="button" id="delete-${id}">Delete ${title}</button>`)}
          ${jsx(Only, { roles: "support" }, html`<form id="close-${id}"><button>Close ${title}</button></form>`)}
        </li>`,
      )}
    </ul>`,
});

export const ticketList: Part = {
  name: "tickets",
  live: [Tickets],
  mount(app) {
    app.get("/tickets", (c) => {
      const link = html`<a href="/archive" hx-boost="true">Archive</a>`;
      return c.render(jsx(Fragment, {}, jsx(Tickets, {}), link), { title: "Tickets" });
    });
    app.get("/archive", (c) =>
      c.render(html`<h1>Archive</h1><a href="/tickets" hx-boost="true">Tickets</a>`, { title: "Archive" }),
    );
  },
};
