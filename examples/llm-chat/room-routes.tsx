import { readForm, readQuery, startSSE } from "buffkit";
import type { Hono } from "hono";
import { z } from "zod";
import { readLastId } from "../read-last-id.ts";
import type { Room } from "./room.ts";
import { RoomPage } from "./room-page.tsx";

const name = z.string().trim().min(1).max(30);
const message = z.object({ name, text: z.string().trim().min(1).max(1000) });

/** The room: one stream for each member, and a REST door for what they say. */
export function mountRoom(app: Hono, room: Room): void {
  app.get("/room", (c) => c.html(<RoomPage />));

  app.get("/room/events", async (c) => {
    const query = await readQuery(c, z.object({ name }));
    if (!query.ok) return c.json({ error: "Come in with ?name=…, 1 to 30 characters." }, 400);
    const writer = startSSE(c);
    room.enter(writer, query.data.name, readLastId(c));
    return writer.response;
  });

  app.post("/room/messages", async (c) => {
    const form = await readForm(c, message);
    if (!form.ok) return c.json({ problems: form.problems }, 422);
    return c.json(room.say(form.data.name, form.data.text), 201);
  });

  app.get("/room/members", (c) => c.json(room.members));
}
