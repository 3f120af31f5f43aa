import { expect, type Page } from "@playwright/test";
import { ConnectionIndicator, everybody, LiveStream } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { html } from "hono/html";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import type { StreamClient } from "../stream-client.ts";

interface UserClient {
  readonly userId: string;
  readonly client: StreamClient;
}

/** Clients and pages that listen to the stream of an app. */
export class StreamScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #clients: StreamClient[] = [];
  #streamRequests = 0;
  #other: Page | undefined;
  readonly #users = new Slot<Readonly<Record<"ann" | "bob" | "cleo", UserClient>>>("clients of users");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  /** A client by the order in which they connected. */
  client(index = 0): StreamClient {
    const client = this.#clients[index];
    if (!client) throw new RangeError(`There is no client ${index}.`);
    return client;
  }

  async connectTo(path: string): Promise<void> {
    this.#clients.push(await this.#scene.app.connect(path));
  }

  async connect(count: number): Promise<void> {
    const clients = await Promise.all(Array.from({ length: count }, () => this.#scene.app.connect()));
    await Promise.all(clients.map((client) => client.event("bk:hello")));
    this.#clients.push(...clients);
  }

  async openListeningPage(event: string): Promise<void> {
    const { app, url } = this.#scene.app;
    app.get("/listening", (c) =>
      c.render(
        html`${LiveStream({ since: c.var.liveCursor })}
        <output id="heard" hx-get="/heard" hx-trigger="${event} from:body" hx-swap="innerHTML"></output>`,
        { title: "Listening" },
      ),
    );
    await this.#page.goto(`${url}/listening`);
    await this.#page.evaluate((name) => {
      document.addEventListener(name, (heard) => {
        const { detail }: CustomEventInit<{ data: string }> = heard;
        document.documentElement.dataset.heard = detail?.data ?? "";
      });
    }, event);
    await live(this.#page);
  }

  async openCounterPage(count: string): Promise<void> {
    const { app, url } = this.#scene.app;
    app.get("/counter", (c) =>
      c.render(html`${LiveStream({ since: c.var.liveCursor })}<output id="counter">${count}</output>`, {
        title: "Counter",
      }),
    );
    await this.#page.goto(`${url}/counter`);
    await this.#page.evaluate(() => {
      document.documentElement.dataset.visit = "first";
    });
    await live(this.#page);
  }

  async openVotingPages(): Promise<void> {
    const { app, kit, url } = this.#scene.app;
    let yes = 0;
    const count = () => html`<output id="yes">${yes}</output>`;
    const button = html`<button type="button" hx-post="/votes">Yes</button>`;
    app.get("/votes", (c) =>
      c.render(html`${count()}${button}${LiveStream({ since: c.var.liveCursor })}`, { title: "Votes" }),
    );
    app.post("/votes", (c) => {
      yes += 1;
      return kit.broker.respondAndBroadcast(c, count(), { target: "#yes", to: everybody });
    });
    this.#other = await this.#page.context().newPage();
    for (const page of [this.#page, this.#other]) {
      await page.goto(`${url}/votes`);
      await live(page);
    }
  }

  async vote(): Promise<void> {
    await this.#page.getByRole("button", { name: "Yes" }).click();
  }

  async expectVotes(): Promise<void> {
    for (const page of [this.#page, this.#other ?? this.#page]) {
      await expect(page.locator("#yes")).toHaveText("1");
      await expect(page.getByRole("button", { name: "Yes" })).toHaveText("Yes");
    }
  }

  /** With a clock that only moves when it is told to. */
  async openRefusedPage(): Promise<void> {
    const { app, url } = this.#scene.app;
    app.get("/refused", (c) =>
      c.render(html`${LiveStream({ topics: ["secret"], since: c.var.liveCursor })}${ConnectionIndicator()}`, {
        title: "Refused",
      }),
    );
    this.#page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/events") this.#streamRequests += 1;
    });
    await this.#page.clock.install();
    const refusal = this.#page.waitForResponse((response) => response.status() === 403);
    await this.#page.goto(`${url}/refused`);
    await refusal;
  }

  async expectRefusalShown(): Promise<void> {
    await this.#page.clock.runFor(3000);
    await expect(this.#page.locator("#bk-connection")).toBeVisible();
    await expect(this.#page.locator("#bk-connection")).toHaveText("Live updates aren’t available to you on this page.");
  }

  async expectSingleRequest(): Promise<void> {
    await this.#page.clock.runFor(60_000);
    expect(this.#streamRequests).toBe(1);
  }

  async connectUsers(): Promise<void> {
    this.#users.value = {
      ann: await this.#connectUser("Ann"),
      bob: await this.#connectUser("Bob"),
      cleo: await this.#connectUser("Cleo"),
    };
  }

  async broadcast(event: string, data: string): Promise<void> {
    await this.#scene.app.kit.broker.broadcast(event, data, { to: everybody });
  }

  async broadcastToAnnAndBob(event: string): Promise<void> {
    const { ann, bob } = this.#users.value;
    const { broker } = this.#scene.app.kit;
    await broker.broadcast(event, "meet at noon", { to: [ann, bob].map(({ userId }) => `user:${userId}`) });
    // Everyone gets this one: when it has arrived, so has anything before it.
    await broker.broadcast("after", "", { to: everybody });
  }

  async broadcastCard(text: string): Promise<void> {
    const card = html`<article id="card-7">${text}</article>`;
    await this.#scene.app.kit.broker.broadcastHTML(card, { to: everybody, target: "#card-7" });
  }

  async broadcastCounter(count: string): Promise<void> {
    const counter = html`<output id="counter">${count}</output>`;
    await this.#scene.app.kit.broker.broadcastHTML(counter, { to: everybody, target: "#counter" });
  }

  expectResponse(status: number, type: string): void {
    expect(this.client().status).toBe(status);
    expect(this.client().headers.get("Content-Type")).toContain(type);
  }

  async expectReceivedByAll(event: string, data: string): Promise<void> {
    for (const client of this.#clients) expect((await client.event(event)).data).toBe(data);
    await expect(this.#page.locator("html")).toHaveAttribute("data-heard", data);
  }

  async expectReceivedByAnnAndBob(event: string): Promise<void> {
    const { ann, bob } = this.#users.value;
    for (const { client } of [ann, bob]) expect((await client.event(event)).data).toBe("meet at noon");
  }

  async expectNotReceivedByCleo(event: string): Promise<void> {
    const { client } = this.#users.value.cleo;
    await client.event("after");
    expect(client.events.map((received) => received.event)).not.toContain(event);
  }

  async expectClientCount(count: number): Promise<void> {
    await expect.poll(() => this.#scene.app.kit.broker.clientCount).toBe(count);
  }

  async expectSingleDelivery(): Promise<void> {
    const { broker } = this.#scene.app.kit;
    const before = broker.stats().deliveries;
    await broker.broadcast("later", "on", { to: everybody });
    await this.client(1).event("later");
    expect(broker.stats().deliveries - before).toBe(1);
  }

  async expectCardMarkup(text: string): Promise<void> {
    const message = await this.client().event(undefined, ({ data }) => data.includes("card-7"));
    await this.#page.setContent("<main></main>");
    const found = await this.#page.evaluate((markup) => {
      const template = document.createElement("template");
      template.innerHTML = markup;
      const partial = template.content.querySelector("hx-partial");
      return {
        target: partial?.getAttribute("hx-target"),
        text: partial?.querySelector("article")?.textContent,
        roots: template.content.childElementCount,
      };
    }, message.data);
    expect(found).toEqual({ target: "#card-7", text, roots: 1 });
  }

  async expectCounter(count: string): Promise<void> {
    await expect(this.#page.locator("#counter")).toHaveText(count);
    await expect(this.#page.locator("html")).toHaveAttribute("data-visit", "first");
  }

  async #connectUser(name: string): Promise<UserClient> {
    const { kit } = this.#scene.app;
    const user = await createUser(kit, { name });
    const client = await this.#scene.app.connect("/events", { Cookie: await logInAs(kit, user) });
    await client.event("bk:hello");
    return { userId: user.id, client };
  }
}
