import { expect, type Locator } from "@playwright/test";
import type { ExampleProcess } from "./example-process.ts";
import { recordedTexts, recordTexts } from "./text-recorder.ts";

/** The questions and answers of the example "llm-chat". */
export class ChatScene {
  readonly #example: ExampleProcess;

  constructor(example: ExampleProcess) {
    this.#example = example;
  }

  async ask(prompt: string): Promise<void> {
    const page = this.#example.page();
    await recordTexts(page, "#talk");
    await page.getByLabel("Question").fill(prompt);
    await page.getByRole("button", { name: "Ask" }).click();
  }

  async stop(): Promise<void> {
    await this.#example.page().getByRole("button", { name: "Stop" }).click();
  }

  async cutAndRestore(): Promise<void> {
    this.#example.line.cut();
    await expect(this.#example.page().locator("#state")).toContainText("Connection lost");
    this.#example.line.restore();
  }

  async expectAnswer(text: string): Promise<void> {
    await expect(this.#answer).toContainText(text);
  }

  async expectManySteps(): Promise<void> {
    expect((await recordedTexts(this.#example.page())).length).toBeGreaterThan(20);
  }

  async expectModelStopped(): Promise<void> {
    const status = () => this.#example.json("/completions/status");
    await expect.poll(status).toMatchObject({ running: 0, stopped: 1, completed: 0 });
    await expect(this.#answer).not.toContainText("told apart");
  }

  async expectWholeStory(): Promise<void> {
    await expect(this.#example.page().locator("#state")).toContainText("Complete");
    const stream = await (await fetch(`${this.#example.url}/text?prompt=story`)).text();
    const story = [...stream.matchAll(/^data: (.*)$/gm)].map(([, piece]) => piece).join("");
    expect(await this.#answer.textContent()).toBe(story);
  }

  async expectPieces(start: string): Promise<void> {
    const { client } = this.#example;
    await client.event("done");
    const pieces = client.events.filter(({ event }) => event !== "done");
    const text = pieces.map(({ event, data }) => (event === "token" ? JSON.parse(data).token : data)).join("");
    expect(text.startsWith(start)).toBe(true);
    expect(pieces.length).toBe(20);
  }

  get #answer(): Locator {
    return this.#example.page().locator("#talk li").last();
  }
}
