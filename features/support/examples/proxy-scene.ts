import { expect } from "@playwright/test";
import { Slot } from "../slot.ts";
import type { ExampleProcess } from "./example-process.ts";
import { readingsOf } from "./readings.ts";
import { recordedTexts, recordTexts } from "./text-recorder.ts";

interface Range {
  readonly min: number;
  readonly max: number;
}

/** The example "proxy". */
export class ProxyScene {
  readonly #example: ExampleProcess;
  readonly #stoppedState = new Slot<string>("the state of a stopped upstream");

  constructor(example: ExampleProcess) {
    this.#example = example;
  }

  async choose(unit: string, currency: string): Promise<void> {
    const page = this.#example.page();
    await page.getByLabel("Temperature in").selectOption({ label: unit });
    await page.getByLabel("Prices in").selectOption(currency);
  }

  async cutByButton(): Promise<void> {
    const page = this.#example.page();
    await expect(page.locator("#state")).toContainText("Connected");
    await recordTexts(page, "#state");
    await page.getByRole("button", { name: "Cut the connection" }).click();
  }

  async cutAfter(count: number): Promise<void> {
    await readingsOf(this.#example.client, count);
    expect((await this.#example.post("/upstream/cut")).status).toBe(204);
  }

  async expectUnits(unit: string, currency: string): Promise<void> {
    const row = this.#example.page().locator("#readings tr").first();
    await expect(row).toContainText(unit);
    await expect(row).toContainText(currency);
  }

  async expectStates(first: string, second: string): Promise<void> {
    const states = async () => (await recordedTexts(this.#example.page())).join("\n");
    await expect.poll(states).toMatch(new RegExp(`${first}[^]*${second}`));
  }

  async expectNoGap(count: number): Promise<void> {
    const { client } = this.#example;
    await client.event("info", ({ data }) => JSON.parse(data).state === "reconnecting");
    const ids = (await readingsOf(client, count)).map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
  }

  async expectReadings(count: number, { min, max }: Range, perSecond: number): Promise<void> {
    const readings = await readingsOf(this.#example.client, count);
    for (const { temperature } of readings) {
      expect(temperature).toBeGreaterThanOrEqual(min);
      expect(temperature).toBeLessThanOrEqual(max);
    }
    // The times come from the upstream, a moment before the proxy's own clock decides.
    const elapsedMs = Date.parse(readings.at(-1)?.at ?? "") - Date.parse(readings[0]?.at ?? "");
    expect(elapsedMs).toBeGreaterThan(((count - 1) * 1000) / perSecond - 150);
  }

  async expectSkipped(): Promise<void> {
    const last = (await readingsOf(this.#example.client, 5)).at(-1);
    expect(last?.filtered).toBeGreaterThan(0);
    expect(last?.limited).toBeGreaterThan(0);
  }

  async expectReaders(readers: number): Promise<void> {
    await expect.poll(() => this.#example.json("/upstream")).toMatchObject({ readers });
  }

  async expectStopped(): Promise<void> {
    const states: string[] = [];
    const hasStopped = async () => {
      states.push(await this.#upstreamState());
      return states.length > 4 && new Set(states.slice(-4)).size === 1;
    };
    await expect.poll(hasStopped, { intervals: [250], timeout: 45_000 }).toBe(true);
    this.#stoppedState.value = states.at(-1) ?? "";
  }

  async expectResumed(): Promise<void> {
    await expect.poll(() => this.#upstreamState()).not.toBe(this.#stoppedState.value);
  }

  async #upstreamState(): Promise<string> {
    return JSON.stringify(await this.#example.json("/upstream"));
  }
}
