import { expect } from "@playwright/test";
import { ExampleProcess } from "../support/example-process.ts";
import { readingsOf } from "../support/example-readings.ts";
import { recordedTexts, recordTexts } from "../support/example-recorder.ts";
import { SlowReader } from "../support/example-slow-reader.ts";
import { live } from "../support/live.ts";
import { Given, Then, When } from "../support/test.ts";

Given("the example {string} is running", async ({ scene }, name: string) => {
  await ExampleProcess.start(scene, name);
});

Given("the example {string} is running behind a line that can be cut", async ({ scene }, name: string) => {
  await (await ExampleProcess.start(scene, name)).putBehindLine();
});

Given("the example {string} is running with an upstream that never pauses", async ({ scene }, name: string) => {
  await ExampleProcess.start(scene, name, { UPSTREAM_MS: "0" });
});

When("Ann opens {string}", async ({ scene, browser }, path: string) => {
  await ExampleProcess.of(scene).open(browser, path);
});

Then("her page says {string}", async ({ scene }, text: string) => {
  await expect(ExampleProcess.of(scene).page().locator("#state")).toContainText(text);
});

When("a client listens to {string}", async ({ scene }, path: string) => {
  await ExampleProcess.of(scene).listen(path);
});

When("the client leaves", async ({ scene }) => {
  ExampleProcess.of(scene).client.leave();
});

// Counter

Then("her page counts on by itself, without a gap", async ({ scene }) => {
  const page = ExampleProcess.of(scene).page();
  await recordTexts(page, "#count");
  await expect.poll(async () => (await recordedTexts(page)).length).toBeGreaterThan(3);
  const counts = (await recordedTexts(page)).map(Number);
  expect(counts).toEqual(counts.map((_, index) => (counts[0] ?? 0) + index));
});

When("she pauses the count", async ({ scene }) => {
  await ExampleProcess.of(scene).page().getByRole("button", { name: "Pause" }).click();
});

Then("{int} ticks come, a second apart", async ({ scene }, times: number) => {
  const { client } = ExampleProcess.of(scene);
  await client.count(times, ({ event }) => event === "tick");
  const ticks = client.events.slice(0, times).map(({ data }) => JSON.parse(data));
  expect(ticks.map(({ count }) => count)).toEqual(ticks.map((_, index) => index + 1));
  const elapsedMs = Date.parse(ticks.at(-1).at) - Date.parse(ticks[0].at);
  expect(elapsedMs).toBeGreaterThan((times - 1) * 1000 - 100);
});

When("a client that saw tick {int} listens to {string}", async ({ scene }, seen: number, path: string) => {
  await ExampleProcess.of(scene).listen(path, { "Last-Event-ID": String(seen) });
});

Then("its first tick is {int}", async ({ scene }, count: number) => {
  expect(JSON.parse((await ExampleProcess.of(scene).client.event("tick")).data).count).toBe(count);
});

Given("Ann and Bob have {string} open live", async ({ scene, browser }, path: string) => {
  for (const name of ["Ann", "Bob"]) await live(await ExampleProcess.of(scene).open(browser, path, name));
});

Given("Ann has {string} open without scripts", async ({ scene, browser }, path: string) => {
  await ExampleProcess.of(scene).open(browser, path, "Ann", { javaScriptEnabled: false });
});

When("{word} presses {string} {int} time(s)", async ({ scene }, name: string, button: string, times: number) => {
  for (let press = 0; press < times; press += 1) {
    await ExampleProcess.of(scene).page(name).getByRole("button", { name: button }).click();
  }
});

Then("{word} sees the count {int}", async ({ scene }, name: string, count: number) => {
  await expect(ExampleProcess.of(scene).page(name).locator("#count")).toHaveText(String(count));
});

Then("Ann and Bob see the count {int}", async ({ scene }, count: number) => {
  for (const name of ["Ann", "Bob"]) {
    await expect(ExampleProcess.of(scene).page(name).locator("#count")).toHaveText(String(count));
  }
});

// Chat

When("she asks {string}", async ({ scene }, prompt: string) => {
  const page = ExampleProcess.of(scene).page();
  await recordTexts(page, "#talk");
  await page.getByLabel("Question").fill(prompt);
  await page.getByRole("button", { name: "Ask" }).click();
});

Then("the answer grows token by token to {string}", async ({ scene }, end: string) => {
  const page = ExampleProcess.of(scene).page();
  await expect(page.locator("#talk li").last()).toContainText(end);
  expect((await recordedTexts(page)).length).toBeGreaterThan(20);
});

When("the answer has reached {string}", async ({ scene }, text: string) => {
  await expect(ExampleProcess.of(scene).page().locator("#talk li").last()).toContainText(text);
});

When("she presses Stop", async ({ scene }) => {
  await ExampleProcess.of(scene).page().getByRole("button", { name: "Stop" }).click();
});

Then("the model has stopped before the end of the story", async ({ scene }) => {
  const example = ExampleProcess.of(scene);
  const status = () => example.json("/completions/status");
  await expect.poll(status).toMatchObject({ running: 0, stopped: 1, completed: 0 });
  await expect(example.page().locator("#talk li").last()).not.toContainText("told apart");
});

When("the line is cut and mended", async ({ scene }) => {
  const { line } = ExampleProcess.of(scene);
  line?.cut();
  await expect(ExampleProcess.of(scene).page().locator("#state")).toContainText("Connection lost");
  line?.mend();
});

Then("the answer is the whole story, each word once", async ({ scene }) => {
  const example = ExampleProcess.of(scene);
  await expect(example.page().locator("#state")).toContainText("Complete");
  const whole = await (await fetch(`${example.url}/text?prompt=story`)).text();
  const story = [...whole.matchAll(/^data: (.*)$/gm)].map(([, piece]) => piece).join("");
  expect(await example.page().locator("#talk li").last().textContent()).toBe(story);
});

Then("the pieces of its answer make {string}", async ({ scene }, start: string) => {
  const { client } = ExampleProcess.of(scene);
  await client.event("done");
  const pieces = client.events.filter(({ event }) => event !== "done");
  const text = pieces.map(({ event, data }) => (event === "token" ? JSON.parse(data).token : data)).join("");
  expect(text.startsWith(start)).toBe(true);
  expect(pieces.length).toBe(19);
});

// Proxy

Then("she sees temperatures in {string} and prices in {string}", async ({ scene }, unit: string, currency: string) => {
  const row = ExampleProcess.of(scene).page().locator("#readings tr").first();
  await expect(row).toContainText(unit);
  await expect(row).toContainText(currency);
});

When("she wishes for {string} and {string}", async ({ scene }, unit: string, currency: string) => {
  const page = ExampleProcess.of(scene).page();
  await page.getByLabel("Temperature in").selectOption({ label: unit });
  await page.getByLabel("Prices in").selectOption(currency);
});

When("she cuts the line to the upstream", async ({ scene }) => {
  const page = ExampleProcess.of(scene).page();
  await expect(page.locator("#state")).toContainText("Connected");
  await recordTexts(page, "#state");
  await page.getByRole("button", { name: "Cut the line" }).click();
});

Then("her page says {string} and then {string}", async ({ scene }, first: string, then: string) => {
  const page = ExampleProcess.of(scene).page();
  const said = async () => (await recordedTexts(page)).join("\n");
  await expect.poll(said).toMatch(new RegExp(`${first}[^]*${then}`));
});

When("the upstream is cut after {int} readings", async ({ scene }, count: number) => {
  const example = ExampleProcess.of(scene);
  await readingsOf(example.client, count);
  expect((await example.post("/upstream/cut")).status).toBe(204);
});

Then("{int} readings come without a gap, and the client is told of the break", async ({ scene }, count: number) => {
  const { client } = ExampleProcess.of(scene);
  await client.event("info", ({ data }) => JSON.parse(data).state === "reconnecting");
  const ids = (await readingsOf(client, count)).map(({ id }) => id);
  expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
});

Then(
  "{int} readings come, all between {int} and {int} degrees, at most {int} a second",
  async ({ scene }, count: number, min: number, max: number, perSecond: number) => {
    const readings = await readingsOf(ExampleProcess.of(scene).client, count);
    for (const { temperature } of readings) {
      expect(temperature).toBeGreaterThanOrEqual(min);
      expect(temperature).toBeLessThanOrEqual(max);
    }
    // The times are those of the upstream, a moment before the proxy's clock decides.
    const elapsedMs = Date.parse(readings.at(-1)?.at ?? "") - Date.parse(readings[0]?.at ?? "");
    expect(elapsedMs).toBeGreaterThan(((count - 1) * 1000) / perSecond - 150);
  },
);

Then("the client knows how many were left out", async ({ scene }) => {
  const last = (await readingsOf(ExampleProcess.of(scene).client, 5)).at(-1);
  expect(last?.filtered).toBeGreaterThan(0);
  expect(last?.limited).toBeGreaterThan(0);
});

Then("the upstream has {int} reader(s)", async ({ scene }, readers: number) => {
  await expect.poll(() => ExampleProcess.of(scene).json("/upstream")).toMatchObject({ readers });
});

When("a client opens {string} and reads nothing", async ({ scene }, path: string) => {
  const reader = await SlowReader.connect(ExampleProcess.of(scene).url + path);
  scene.atEnd(() => reader.leave());
  scene.notes.set("reader", reader);
});

Then("the upstream stands still", async ({ scene }) => {
  const sent: unknown[] = [];
  const isStill = async () => {
    sent.push(JSON.stringify(await ExampleProcess.of(scene).json("/upstream")));
    return sent.length > 4 && new Set(sent.slice(-4)).size === 1;
  };
  await expect.poll(isStill, { intervals: [250], timeout: 30_000 }).toBe(true);
  scene.text = String(sent.at(-1));
});

When("the client reads on", async ({ scene }) => {
  const reader = scene.notes.get("reader");
  if (reader instanceof SlowReader) reader.readOn();
});

Then("the upstream goes on", async ({ scene }) => {
  await expect.poll(async () => JSON.stringify(await ExampleProcess.of(scene).json("/upstream"))).not.toBe(scene.text);
});
