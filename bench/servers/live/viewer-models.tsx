import { renderHtml } from "buffkit";
import type { Hono } from "hono";
import { type Row, RowView } from "./rows.tsx";

/** What another design has to do for one viewer after a change; how the viewer hears of the change is left out. */
export type ViewerModel = (viewer: number, rows: readonly Row[]) => Promise<unknown>;

/** Each page fetches itself again, as after Turbo's page refresh. */
export function pageRefresh(app: Hono): ViewerModel {
  return async () => await (await app.request("http://localhost/plain")).text();
}

/** Each page posts and gets its component, as Livewire's polling does. */
export function polling(app: Hono): ViewerModel {
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
  return async () => await (await app.request("http://localhost/poll", { method: "POST", headers })).text();
}

/** A process for each page draws it and sends what differs, as LiveView does. It has been told the new rows, and needs no query. */
export function renderAndDiff(): ViewerModel {
  const shown = new Map<number, readonly string[]>();
  return async (viewer, rows) => {
    const before = shown.get(viewer) ?? [];
    const after: string[] = [];
    for (const row of rows) after.push(await renderHtml(<RowView {...row} />));
    shown.set(viewer, after);
    return after.filter((html, index) => html !== before[index]).join("");
  };
}
