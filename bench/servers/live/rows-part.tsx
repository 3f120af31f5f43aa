import { type Database, everybody, live, type Part } from "buffkit";
import { type RowTables, TableView } from "./rows.tsx";

export const rowsIn = (db: Database) => db.withTables<RowTables>();

export const LiveRows = live({
  name: "rows",
  grant: everybody,
  load: ({ db }) => rowsIn(db).selectFrom("bench_rows").selectAll().orderBy("id").execute(),
  render: (rows) => <TableView rows={rows} />,
});

/** The page with a live region, the same page without one, and its table alone as a component that polls gets it. */
export const rowsPart: Part = {
  name: "rows",
  live: [LiveRows],
  mount(app, kit) {
    const read = () => rowsIn(kit.db).selectFrom("bench_rows").selectAll().orderBy("id").execute();
    app.get("/live", (c) => c.render(<LiveRows />, { title: "Tickets" }));
    app.get("/plain", async (c) => c.render(<TableView rows={await read()} />, { title: "Tickets" }));
    app.post("/poll", async (c) => c.render(<TableView rows={await read()} />, { title: "Tickets" }));
  },
};
