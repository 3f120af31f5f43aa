import { readForm, readHtmxRequest, redirectTo } from "buffkit";
import type { Hono } from "hono";
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
    // A browser without JavaScript goes back to the page. Pages with a stream have the message by now, and programs read the JSON.
    const isPlain = c.req.header("accept")?.includes("text/html") && !readHtmxRequest(c).isHtmx;
    return isPlain ? redirectTo(c, `/room?${new URLSearchParams({ name })}`) : c.json(message, 201);
  });
}
