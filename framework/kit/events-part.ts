import type { Part } from "./part.ts";

/** `GET /events`: the one stream of a page, all its topics on it. */
export function eventsPart(): Part {
  return {
    name: "events",
    mount(app, kit) {
      app.get("/events", kit.broker.handler);
    },
  };
}
