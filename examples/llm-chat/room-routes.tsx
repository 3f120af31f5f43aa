import { readForm, readHtmxRequest } from "buffkit";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { nameField, readName } from "./read-name.ts";
import type { Room } from "./room.tsx";
import { EnterPage, RoomPage } from "./room-page.tsx";

const messageForm = z.object({ name: nameField, text: z.string().trim().min(1).max(1000) });

/** The room: its page, its stream, and an endpoint for messages. */
export function mountRoom(app: Hono, room: Room): void {
  app.get("/room", async (c) => {
    const name = await readName(c);
    return c.html(name === null ? <EnterPage /> : <RoomPage room={room} name={name} />);
  });

  app.get("/room/events", room.broker.handler);

  app.get("/room/members", (c) => c.json(room.members));

  app.post("/room/messages", async (c) => {
    const form = await readForm(c, messageForm);
    if (!form.ok) return c.json({ problems: form.problems }, 422);
    const { name, text } = form.data;
    const message = await room.say(name, text);
    return isPlainForm(c) ? c.redirect(`/room?${new URLSearchParams({ name })}`, 303) : c.json(message, 201);
  });
}

/** Whether a browser without JavaScript sent the form; it expects a page, unlike htmx and other programs. */
function isPlainForm(c: Context): boolean {
  return !readHtmxRequest(c).isHtmx && (c.req.header("accept")?.includes("text/html") ?? false);
}
