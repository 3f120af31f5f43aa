import { expect } from "@playwright/test";
import type { SSEEvent } from "buffkit";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";
import { cutAtRandom, expectedOf, randomEvents, type SeenEvent } from "../support/wire-events.ts";
import { lastType, readWithEventSource, readWithHtmx } from "../support/wire-readers.ts";
import { WireStation } from "../support/wire-station.ts";

/** What the scenario sends, and from where. */
interface Sending {
  readonly events: readonly SSEEvent[];
  readonly url: string;
  seen: SeenEvent[];
  /** Whether ids are the sender's own, as a broker's are. */
  readonly hasOwnIds: boolean;
}

function sendingOf(scene: Scene): Sending {
  return scene.notes.get("sending") as Sending; // set by each Given of this file
}

async function sendInPieces(scene: Scene, events: readonly SSEEvent[], seed: number): Promise<void> {
  const station = await WireStation.start(cutAtRandom(events, seed));
  scene.atEnd(() => station.stop());
  scene.notes.set("sending", { events, url: station.url, seen: [], hasOwnIds: false } satisfies Sending);
}

function typesOf(events: readonly SSEEvent[]): string[] {
  return [...new Set(expectedOf(events).map(({ type }) => type))];
}

Given(
  "{int} random events from the seed {int}, cut into pieces at random places",
  async ({ scene }, count: number, seed: number) => {
    await sendInPieces(scene, randomEvents(count, seed), seed);
  },
);

Given(
  "{int} random events of {int} characters from the seed {int}, cut into pieces at random places",
  async ({ scene }, count: number, length: number, seed: number) => {
    await sendInPieces(scene, randomEvents(count, seed, length), seed);
  },
);

Given("{int} random events from the seed {int}", async ({ scene }, count: number, seed: number) => {
  // The broker gives the ids, and names every event.
  const events = randomEvents(count, seed).map(
    ({ event = "message", data }): SSEEvent => ({ event, data: data ?? "" }),
  );
  scene.notes.set("sending", { events, url: scene.app.url, seen: [], hasOwnIds: true } satisfies Sending);
});

When("Chromium's EventSource reads the stream", async ({ scene, page }) => {
  const sending = sendingOf(scene);
  await page.goto(sending.url);
  sending.seen = await (await readWithEventSource(page, "/stream", typesOf(sending.events))).events();
});

When("htmx reads the stream", async ({ scene, page }) => {
  const sending = sendingOf(scene);
  await page.goto(`${sending.url}/htmx`);
  sending.seen = await (await readWithHtmx(page)).events();
});

When("Chromium's EventSource reads what the broker broadcasts", async ({ scene, page }) => {
  const sending = sendingOf(scene);
  await page.goto(`${sending.url}/login`);
  const reading = await readWithEventSource(page, "/events", typesOf(sending.events));
  const { broker } = scene.app.kit;
  for (const { event = "message", data = "" } of sending.events) await broker.broadcast(event, data);
  await broker.broadcast(lastType, "");
  sending.seen = await reading.events();
});

Then("it has read every event, in order and unchanged", async ({ scene }) => {
  const { events, seen, hasOwnIds } = sendingOf(scene);
  const plain = ({ type, data, id }: SeenEvent) => (hasOwnIds ? { type, data } : { type, data, id });
  expect(seen.length).toBe(events.length);
  expect(seen.map(plain)).toEqual(expectedOf(events).map(plain));
});
