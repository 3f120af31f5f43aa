import { expect } from "@playwright/test";
import { everybody } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import type { ClockedScene } from "../clocked-scene.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import type { StreamClient } from "../stream-client.ts";

interface Session {
  readonly cookie: string;
  readonly stream: StreamClient;
}

/** Ann's sessions without a browser. */
export class SessionScene {
  readonly #scene: Scene;
  readonly #clocked: ClockedScene;
  readonly #sessions = new Slot<readonly [Session, Session]>("two sessions");
  readonly #cookie = new Slot<string>("a session in an app with a test clock");
  readonly #loggedOutAt = new Slot<number>("a logout");

  constructor(scene: Scene, clocked: ClockedScene) {
    this.#scene = scene;
    this.#clocked = clocked;
  }

  async openTwo(): Promise<void> {
    const { kit } = await this.#scene.wire();
    const ann = await createUser(kit, { name: "Ann" });
    const open = async (): Promise<Session> => {
      const cookie = await logInAs(kit, ann);
      const stream = await this.#scene.app.connect("/events", { Cookie: cookie });
      await stream.event("bk:hello");
      return { cookie, stream };
    };
    this.#sessions.value = [await open(), await open()];
  }

  async openInClockedApp(): Promise<void> {
    const { kit } = await this.#clocked.start();
    this.#cookie.value = await logInAs(kit, await createUser(kit, { name: "Ann" }));
  }

  async logOutFirst(): Promise<void> {
    const { url } = this.#scene.app;
    const headers = { Cookie: this.#first.cookie, Origin: url };
    const response = await fetch(`${url}/logout`, { method: "POST", headers, redirect: "manual" });
    expect(response.headers.get("Clear-Site-Data")).toBe('"cache"');
    this.#loggedOutAt.value = Date.now();
  }

  async expectFirstStreamEnds(withinMs: number): Promise<void> {
    const { stream } = this.#first;
    const close = await stream.event("bk:close");
    await stream.end();
    expect(Date.now() - this.#loggedOutAt.value).toBeLessThan(withinMs);
    expect(JSON.parse(close.data)).toMatchObject({ reason: "logout" });
  }

  async expectSecondStreamReceives(): Promise<void> {
    await this.#scene.app.kit.broker.broadcast("news", "still here", { to: everybody });
    expect((await this.#second.stream.event("news")).data).toBe("still here");
    expect(this.#first.stream.events.some(({ event }) => event === "news")).toBe(false);
  }

  async expectFirstCookieWorthless(): Promise<void> {
    const { cookie } = this.#first;
    const { app } = this.#scene;
    expect(await this.#accountStatus(cookie)).toBe(303);
    expect((await app.connect("/events", { Cookie: cookie })).status).toBe(401);
    const resumed = await app.connect("/events", {
      Cookie: cookie,
      "Last-Event-ID": app.kit.broker.cursor,
      "HX-Request": "true",
    });
    await resumed.event("bk:close");
    await resumed.end();
  }

  async expectSecondCookieWorks(): Promise<void> {
    expect(await this.#accountStatus(this.#second.cookie)).toBe(200);
  }

  async visitDaily(days: number): Promise<void> {
    for (let day = 1; day <= days; day++) {
      this.#clocked.advance(1, "days");
      expect(await this.#accountStatus(this.#cookie.value), `on day ${day}`).toBe(200);
    }
  }

  async expectAccountPage(isOpen: boolean): Promise<void> {
    expect(await this.#accountStatus(this.#cookie.value)).toBe(isOpen ? 200 : 303);
  }

  get #first(): Session {
    return this.#sessions.value[0];
  }

  get #second(): Session {
    return this.#sessions.value[1];
  }

  async #accountStatus(cookie: string): Promise<number> {
    const headers = { Cookie: cookie, Accept: "text/html" };
    const response = await fetch(`${this.#scene.app.url}/account`, { headers, redirect: "manual" });
    await response.body?.cancel();
    return response.status;
  }
}
