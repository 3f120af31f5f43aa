import { expect } from "@playwright/test";
import { live } from "../live.ts";
import type { ExampleProcess } from "./example-process.ts";
import { recordedTexts, recordTexts } from "./text-recorder.ts";

/** The example "counter". */
export class CounterScene {
  readonly #example: ExampleProcess;

  constructor(example: ExampleProcess) {
    this.#example = example;
  }

  async openForBoth(path: string): Promise<void> {
    for (const name of ["Ann", "Bob"]) await live(await this.#example.open(path, name));
  }

  async press(name: string, button: string, times: number): Promise<void> {
    for (let press = 0; press < times; press++) {
      await this.#example.page(name).getByRole("button", { name: button }).click();
    }
  }

  async expectCounting(): Promise<void> {
    const page = this.#example.page();
    await recordTexts(page, "#count");
    await expect.poll(async () => (await recordedTexts(page)).length).toBeGreaterThan(3);
    const counts = (await recordedTexts(page)).map(Number);
    expect(counts).toEqual(counts.map((_, index) => (counts[0] ?? 0) + index));
  }

  async expectCount(count: number, ...names: readonly string[]): Promise<void> {
    for (const name of names) await expect(this.#example.page(name).locator("#count")).toHaveText(String(count));
  }

  async expectTicks(times: number): Promise<void> {
    const { client } = this.#example;
    await client.count(times, ({ event }) => event === "tick");
    const ticks = client.events.slice(0, times).map(({ data }) => JSON.parse(data));
    expect(ticks.map(({ count }) => count)).toEqual(ticks.map((_, index) => index + 1));
    const elapsedMs = Date.parse(ticks.at(-1).at) - Date.parse(ticks[0].at);
    expect(elapsedMs).toBeGreaterThan((times - 1) * 1000 - 100);
  }

  async expectFirstTick(count: number): Promise<void> {
    expect(JSON.parse((await this.#example.client.event("tick")).data).count).toBe(count);
  }
}
