import { expect } from "@playwright/test";
import type { ExampleProcess } from "./example-process.ts";

/** The chat room of the example "llm-chat". */
export class RoomScene {
  readonly #example: ExampleProcess;

  constructor(example: ExampleProcess) {
    this.#example = example;
  }

  async enter(name: string): Promise<void> {
    const page = await this.#example.open("/room", name);
    await page.getByLabel("Your name").fill(name);
    await page.getByRole("button", { name: "Come in" }).click();
    await expect(page.getByText(`Welcome, ${name}!`)).toBeVisible();
  }

  async say(name: string, text: string): Promise<void> {
    const page = this.#example.page(name);
    await page.getByLabel("Message").fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  }

  async leave(name: string): Promise<void> {
    await this.#example.page(name).getByRole("link", { name: "Leave" }).click();
  }

  async post(count: number): Promise<void> {
    for (let number = 1; number <= count; number++) {
      const response = await this.#example.post("/room/messages", { name: "Bob", text: `message ${number}` });
      expect(response.status).toBe(201);
    }
  }

  async reconnect(path: string): Promise<void> {
    const lastId = this.#example.client.events.findLast(({ id }) => id)?.id ?? "";
    await this.#example.listen(path, { "Last-Event-ID": lastId });
  }

  async expectNoteAndMembers(name: string, note: string, members: string): Promise<void> {
    const page = this.#example.page(name);
    await expect(page.locator("#talk").getByText(note)).toBeVisible();
    await expect(page.locator("#members")).toHaveText(members);
  }

  async expectMessageOnce(name: string, text: string): Promise<void> {
    await expect(this.#example.page(name).locator("#talk li").filter({ hasText: text })).toHaveCount(1);
  }

  async expectMessages(first: number, last: number): Promise<void> {
    const expected = messages(first, last).map((text) => `Bob${text}`);
    await expect(this.#example.page().locator("#talk li:not(.note)")).toHaveText(expected);
  }

  async expectMembers(members: readonly string[]): Promise<void> {
    await expect.poll(() => this.#example.json("/room/members")).toEqual(members);
  }

  async expectReceivedMessages(first: number, last: number): Promise<void> {
    const { client } = this.#example;
    await client.count(last - first + 1, ({ data }) => data.includes("message "));
    const received = client.events.flatMap(({ data }) => /message \d+/.exec(data) ?? []);
    expect(received).toEqual(messages(first, last));
  }

  async expectEmptyMessageRejected(): Promise<void> {
    expect((await this.#example.post("/room/messages", { name: "Bob", text: " " })).status).toBe(422);
  }
}

function messages(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `message ${first + index}`);
}
