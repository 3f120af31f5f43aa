import { expect, type Page } from "@playwright/test";
import { CuttableLine } from "../cuttable-line.ts";
import { live } from "../live.ts";
import { goodPassword, type People } from "../people.ts";
import type { ReferenceApp } from "../reference-app.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { StreamClient } from "../stream-client.ts";
import { BoardPage } from "./board-page.ts";

/** Ann and Bob on one board, each in a browser of their own. */
export class BoardScene {
  readonly #people: People;
  readonly #site: ReferenceApp;
  readonly #scene: Scene;
  readonly #path = new Slot<string>("a board");
  readonly #inbox = new Slot<Page>("an open inbox");
  readonly #network = new Slot<CuttableLine>("a network connection");
  readonly #otherTab = new Slot<Page>("another tab");
  readonly #stranger = new Slot<StreamClient>("a stranger's stream");

  constructor(people: People, site: ReferenceApp, scene: Scene) {
    this.#people = people;
    this.#site = site;
    this.#scene = scene;
  }

  /** The board in this person's browser. */
  async of(name: string): Promise<BoardPage> {
    return new BoardPage(await this.pageOf(name));
  }

  async pageOf(name: string): Promise<Page> {
    return (await this.#people.get(name)).page;
  }

  /** The board in her browser. */
  get hers(): BoardPage {
    return new BoardPage(this.#scene.page);
  }

  async signUp(): Promise<void> {
    const ann = await this.#people.get("Ann");
    this.#scene.person = ann;
    this.#inbox.value = await ann.context.newPage();
    await this.#inbox.value.goto("/__mail");
    await ann.page.goto("/");
    await ann.page.getByRole("link", { name: "Sign up" }).first().click();
    await ann.page.getByLabel("Name").fill("Ann");
    await ann.page.getByLabel("Email").fill(ann.email);
    await ann.page.getByLabel("Password").fill(goodPassword);
    await ann.page.getByRole("button", { name: "Create account" }).click();
    await expect(ann.page.getByText(ann.email)).toBeVisible();
  }

  async expectMailInOpenInbox(): Promise<void> {
    const { email } = this.#scene.person;
    await expect(this.#inbox.value.locator(".mail-list").getByText(email).first()).toBeVisible();
  }

  async confirmAndLogIn(): Promise<void> {
    const { page, email } = this.#scene.person;
    await page.goto(await this.#people.mails.link(email, /verify-email/));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.waitForURL((url) => url.pathname !== "/verify-email");
    if (new URL(page.url()).pathname === "/login") {
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill(goodPassword);
      await page.getByRole("button", { name: "Log in" }).click();
    }
    await expect(page).toHaveURL(/\/boards$/);
  }

  async create(title: string): Promise<void> {
    this.#path.value = await this.hers.create(title);
  }

  async openAsBob(): Promise<void> {
    const bob = await this.#people.logIn("Bob");
    await new BoardPage(bob.page).open(this.#path.value);
  }

  async openForBoth(title: string): Promise<void> {
    const [ann, bob] = await Promise.all([this.#people.logIn("Ann"), this.#people.logIn("Bob")]);
    const path = await new BoardPage(ann.page).create(title);
    await new BoardPage(bob.page).open(path);
    for (const { page } of [ann, bob]) await new BoardPage(page).markVisit();
  }

  async expectNoReload(): Promise<void> {
    for (const name of ["Ann", "Bob"]) await (await this.of(name)).expectSameVisit();
  }

  async addForBoth(title: string): Promise<void> {
    await (await this.of("Ann")).add(title);
    await expect((await this.of("Bob")).card(title)).toBeVisible();
  }

  async putBobBehindNetwork(): Promise<void> {
    const network = await CuttableLine.to(this.#site.url);
    this.#scene.atEnd(() => network.close());
    this.#network.value = network;
    await this.#people.get("Bob", { baseURL: network.url });
  }

  get network(): CuttableLine {
    return this.#network.value;
  }

  async openTwoTabs(title: string): Promise<void> {
    const ann = await this.#people.logIn("Ann");
    this.#scene.person = ann;
    const path = await new BoardPage(ann.page).create(title);
    const other = await ann.context.newPage();
    await other.goto(path);
    await live(other);
    this.#otherTab.value = other;
  }

  async expectOtherTabAtLogin(withinMs: number): Promise<void> {
    await expect(this.#otherTab.value).toHaveURL(/\/login/, { timeout: withinMs });
  }

  async requestStreamAsStranger(): Promise<void> {
    const topic = "board:00000000-0000-4000-8000-000000000000";
    const client = await StreamClient.connect(`${this.#site.url}/events?topic=${topic}`);
    this.#scene.atEnd(() => client.leave());
    this.#stranger.value = client;
  }

  expectStreamRefused(): void {
    expect([401, 403]).toContain(this.#stranger.value.status);
  }
}
