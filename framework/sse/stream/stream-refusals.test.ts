import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { logRefusals } from "../../secure/index.ts";
import { type Broker, createBroker } from "../broker.ts";

let broker: Broker | undefined;

afterEach(async () => {
  await broker?.close();
});

function start(options: { readonly dev: boolean }) {
  const lines: string[] = [];
  const write = (_facts: object, text: string) => void lines.push(text);
  const log = { ...silentLogger, info: write, warn: write };
  broker = createBroker({ ...options, log });
  const app = new Hono().use(logRefusals({ log })).get("/events", broker.handler);
  const ask = async (topic: string) => await app.request(`/events?topic=${topic}`);
  return { lines, ask, stats: () => broker?.stats() };
}

describe("streams that are refused", () => {
  it("are counted, and logged once a minute for each reason, whatever visitors ask for", async () => {
    const { lines, ask, stats } = start({ dev: false });

    for (let n = 0; n < 50; n += 1) await Promise.all([ask(`room-${n}`), ask("%00")]);

    expect(lines.sort()).toEqual(["a stream was refused", "a topic was refused"]);
    expect(stats()?.refused).toBe(100);
  });

  it("are all logged in development", async () => {
    const { lines, ask } = start({ dev: true });

    for (const topic of ["a", "b", "a"]) await ask(topic);

    expect(lines).toEqual(Array(3).fill("a topic was refused"));
  });
});
