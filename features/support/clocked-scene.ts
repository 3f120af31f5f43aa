import type { Browser } from "@playwright/test";
import { createTestClock, type TestClock } from "buffkit/testing";
import { html } from "hono/html";
import { MailReader } from "./mail-reader.ts";
import { People } from "./people.ts";
import type { Scene } from "./scene.ts";
import { Slot } from "./slot.ts";
import type { WiredApp } from "./wired-app.ts";

const minuteMs = 60_000;
const unitMs = { minutes: minuteMs, hours: 60 * minuteMs, days: 24 * 60 * minuteMs } as const;

/** Units of time in which steps set the clock forward. */
export type TimeUnit = keyof typeof unitMs;

/** An app with accounts whose clock only moves when a step moves it. */
export class ClockedScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #clock = new Slot<TestClock>("a test clock");
  readonly #mails = new Slot<MailReader>("an app with a test clock");

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  get isStarted(): boolean {
    return this.#mails.isSet;
  }

  get mails(): MailReader {
    return this.#mails.value;
  }

  async start(): Promise<WiredApp> {
    const clock = createTestClock();
    const app = await this.#scene.wire({
      config: { clock, appName: "Teamboard" },
      routes: (routes) => {
        routes.get("/", (c) => c.render(html`<h1>Home</h1>`, { title: "Home" }));
      },
    });
    this.#clock.value = clock;
    this.#mails.value = new MailReader(app.url);
    return app;
  }

  /** Starts the app for people who use it with browsers. */
  async startWithPeople(): Promise<People> {
    const app = await this.start();
    const running = { url: app.url, output: () => app.logLines.join(""), stop: () => app.stop() };
    const people = new People(this.#browser, running);
    this.#scene.atEnd(() => people.close());
    return people;
  }

  /** Moves the clock forward, or back by a negative count. */
  advance(count: number, unit: TimeUnit): void {
    this.#clock.value.advance(count * unitMs[unit]);
  }
}
