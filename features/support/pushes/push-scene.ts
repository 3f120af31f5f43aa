import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { Scene } from "../scene.ts";
import { keptInput } from "./kept-input.ts";
import { keptPlaces } from "./kept-places.ts";
import type { KeptThing } from "./kept-thing.ts";
import { PushedPage } from "./pushed-page.ts";

const guide = new URL("../../../docs/live-pages.md", import.meta.url);

/** A live page in which people are in the middle of something while updates arrive. */
export class PushScene {
  readonly #page: PushedPage;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
  }

  async openApp(): Promise<void> {
    await this.#page.wire();
  }

  /** What someone can be in the middle of, by the rows of the guide's table. */
  rows(): string[] {
    const [, table = ""] = readFileSync(guide, "utf8").split("| an update keeps |\n| --- | --- |\n");
    return (table.split("\n\n")[0] ?? "").split("\n").map((line) => line.split(" | ")[0]?.replace("| ", "") ?? "");
  }

  async expectInputKept(): Promise<void> {
    for (const thing of keptInput) await this.#expectKept(thing);
  }

  async expectPlacesKept(): Promise<void> {
    for (const thing of keptPlaces) await this.#expectKept(thing);
  }

  expectEveryRowTried(): void {
    expect([...keptInput, ...keptPlaces].map(({ row }) => row)).toEqual(this.rows());
  }

  async #expectKept({ row, content, act, check }: KeptThing): Promise<void> {
    const box = (word: string) => `<div id="all">${content(word)}</div>`;
    const push = (word: string) => this.#page.push(box(word), { target: "#all" });
    await this.#page.open(box("before"));
    try {
      await act(this.#page.page);
      await push("after");
      await check(this.#page.page, push);
    } catch (error) {
      throw new Error(`While someone ${row}: ${String(error)}`, { cause: error });
    }
  }
}
