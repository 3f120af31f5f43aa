// Declared topics: what may be addressed and asked for, and each wrong use, which must be an error.
import { everybody, type Kit, LiveStream, type PartTopics, RequireLogin, type TopicsOf } from "buffkit";
import type { Context } from "hono";

export const topics = {
  notes: everybody,
  "board:*": RequireLogin,
  "room:*": (c, topic, rest) => c.var.user?.name === topic + rest,
} satisfies PartTopics;

declare module "buffkit" {
  interface Topics extends TopicsOf<typeof topics> {}
}

export async function broadcast(kit: Kit, c: Context): Promise<void> {
  const { broker } = kit;
  const note = <p>new</p>;
  const target = "#notes";
  await broker.broadcastHTML(note, { target, to: "notes" });
  await broker.broadcastHTML(note, { target, to: `board:${7}` });
  await broker.broadcastHTML(note, { target, to: everybody });
  await broker.broadcastHTML(note, { target, to: ["notes", "user:ann", "session:1", "connection:2"] });
  await broker.respondAndBroadcast(c, note, { target, to: "notes" });
  // @ts-expect-error: no part declares it.
  await broker.broadcastHTML(note, { target, to: "nots" });
  // @ts-expect-error: no part declares one of them.
  await broker.broadcastHTML(note, { target, to: ["notes", "nots"] });
  // @ts-expect-error: the pattern is not a topic without its colon.
  await broker.broadcastHTML(note, { target, to: "board" });
  // @ts-expect-error: it doesn't say whom it is for.
  await broker.broadcastHTML(note, { target });
  // @ts-expect-error: it doesn't say whom it is for.
  await broker.respondAndBroadcast(c, note, { target });
  // @ts-expect-error: a string is text, not markup.
  await broker.broadcastHTML("<b>x</b>", { target, to: everybody });
  // @ts-expect-error: a number is not markup either.
  await broker.respondAndBroadcast(c, 7, { target, to: everybody });
}

export const listening = [
  <LiveStream topics={["notes", `board:${7}`]} />,
  // @ts-expect-error: no part declares it.
  <LiveStream topics={["nots"]} />,
  // @ts-expect-error: a stream is on its user's topic without asking.
  <LiveStream topics={["user:ann"]} />,
];

export function render(c: Context): Response | Promise<Response> {
  // @ts-expect-error: no part declares it.
  c.render(<p>notes</p>, { title: "Notes", topics: ["nots"] });
  return c.render(<p>notes</p>, { title: "Notes", topics: ["notes"] });
}

export const wrong: PartTopics = {
  // @ts-expect-error: who may listen is a guard, a rule or `everybody`.
  notes: true,
  // @ts-expect-error: a rule says yes or no.
  news: () => "yes",
};
