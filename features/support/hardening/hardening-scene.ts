import { hash } from "@node-rs/argon2";
import { expect } from "@playwright/test";
import { createUser, logInAs } from "buffkit/testing";
import { goodPassword } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { hostileAddresses, hostileLink } from "./hostile-addresses.ts";
import { type RawRequest, type RawResponse, sendRaw } from "./raw-request.ts";

const formHeaders = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };

interface Account {
  readonly email: string;
  readonly cookie: string;
}

/** An app with Ann logged in, and what attackers send to it. */
export class HardeningScene {
  readonly #scene: Scene;
  readonly #ann = new Slot<Account>("Ann's account");
  readonly #response = new Slot<RawResponse>("a response");

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async startFailingApp(path: string): Promise<void> {
    await this.#scene.wire({
      config: { dev: false },
      routes: (app) => {
        app.get(path, () => {
          throw new Error("the password of the database is hunter2");
        });
      },
    });
  }

  async startWithAnn(): Promise<void> {
    const { kit } = await this.#scene.wire({ config: { auth: { afterLogin: "/home" } } });
    const ann = await createUser(kit, { name: "Ann" });
    await kit.auth.users.update(ann.id, { passwordHash: await hash(goodPassword) });
    this.#ann.value = { email: ann.email, cookie: await logInAs(kit, ann) };
  }

  /** Sends a logout with Ann's cookie; `headers` is written as "Name: value; Name: value", and may set the method. */
  async requestLogout(headers: string, body: string): Promise<void> {
    const { method = "POST", ...sent } = Object.fromEntries(headers.split("; ").map((line) => line.split(": ")));
    this.#response.value = await this.#send({
      method,
      path: "/logout",
      headers: { ...sent, Cookie: this.#ann.value.cookie },
      body,
    });
  }

  async expectLogout(status: number, isStillLoggedIn: boolean): Promise<void> {
    const headers = { Accept: "text/html", Cookie: this.#ann.value.cookie };
    const account = await this.#send({ method: "GET", path: "/account", headers });
    expect(this.#response.value.status).toBe(status);
    expect(account.status).toBe(isStillLoggedIn ? 200 : 303);
  }

  async expectNoForeignRedirect(): Promise<void> {
    expect((await this.#logIn("/boards/7?tab=a")).headers.location).toBe("/boards/7?tab=a");
    const { url } = this.#scene.app;
    for (const next of hostileAddresses) {
      const { status, headers } = await this.#logIn(next);
      // A form with a NUL is refused as a whole.
      if (next.includes("\0"))
        expect({ status, location: headers.location }).toEqual({ status: 400, location: undefined });
      else {
        expect(status, JSON.stringify(next)).toBe(303);
        expect(new URL(String(headers.location), url).origin, JSON.stringify(next)).toBe(url);
      }
      const page = await this.#send({ method: "GET", path: `/login?next=${encodeURIComponent(next)}` });
      expect(page.body, JSON.stringify(next)).not.toMatch(hostileLink);
    }
  }

  async requestResetWithForgedHost(): Promise<void> {
    const body = String(new URLSearchParams({ email: this.#ann.value.email }));
    const headers = {
      ...formHeaders,
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Proto": "https",
      "X-Original-Host": "evil.example",
      Forwarded: "host=evil.example;proto=https",
    };
    const response = await this.#send({ method: "POST", path: "/forgot-password", headers, body });
    expect(response.status).toBe(200);
    expect(response.body).not.toContain("evil.example");
  }

  async expectOwnLinkInMail(): Promise<void> {
    const { kit, url } = this.#scene.app;
    await kit.auth.idle();
    await expect.poll(() => kit.inbox?.list().length).toBe(1);
    const [mail] = kit.inbox?.list() ?? [];
    expect(mail?.text).toContain(`${url}/reset-password?token=`);
    expect(`${mail?.text} ${mail?.html}`).not.toContain("evil.example");
  }

  async expectForeignHostsRejected(): Promise<void> {
    const { port } = new URL(this.#scene.app.url);
    const hosts = ["evil.example", `evil.example:${port}`, "localhost.evil.example", "localhost@evil.example", "[::1"];
    const requests: RawRequest[] = [
      ...hosts.map((Host) => ({ method: "GET", path: "/login", headers: { Host } })),
      { method: "GET", path: "http://evil.example/login", headers: { Host: `localhost:${port}` } },
    ];
    for (const request of requests) {
      const response = await this.#send(request);
      expect([400, 403], JSON.stringify(request)).toContain(response.status);
      expect(response.body).not.toContain("evil.example");
    }
  }

  async #logIn(next: string): Promise<RawResponse> {
    const form = new URLSearchParams({ email: this.#ann.value.email, password: goodPassword, next });
    return await this.#send({ method: "POST", path: "/login", headers: formHeaders, body: String(form) });
  }

  async #send(request: RawRequest): Promise<RawResponse> {
    return await sendRaw(this.#scene.app.url, request);
  }
}
