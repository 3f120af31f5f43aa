import type { Html } from "buffkit";

/** A row of the table that everybody looks at. */
export interface Row {
  readonly id: number;
  readonly title: string;
  readonly owner: string;
  readonly state: string;
}

export type RowTables = { bench_rows: Row };

export const rowCount = 100;

export function initialRow(id: number): Row {
  return { id, title: `Ticket ${id}`, owner: id % 2 === 0 ? "Ann" : "Bob", state: "open" };
}

export function RowView({ id, title, owner, state }: Row): Html {
  return (
    <tr id={`row-${id}`} class="ticket">
      <th scope="row">{title}</th>
      <td>{owner}</td>
      <td class={`state-${state}`}>{state}</td>
      <td>
        <a href={`/tickets/${id}`}>Open</a>
      </td>
    </tr>
  );
}

export function TableView({ rows }: { readonly rows: readonly Row[] }): Html {
  return (
    <table>
      <thead>
        <tr>
          <th>Title</th>
          <th>Owner</th>
          <th>State</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RowView {...row} />
        ))}
      </tbody>
    </table>
  );
}
