import type { Browser } from "@playwright/test";
import { createTestClock, type TestClock } from "buffkit/testing";
import { html } from "hono/html";
import { MailReader } from "./mail-reader.ts";
import { People } from "./people.ts";
import type { Scene } from "./scene.ts";
import type { WiredApp } from "./wired-app.ts";

/** An app with accounts whose time stands still until it is turned. */
export interface ClockedApp {
  readonly app: WiredApp;
  readonly clock: TestClock;
  readonly mails: MailReader;
}

const note = "clocked app";

/** Starts one; it ends with the scenario. */
export async function startClockedApp(scene: Scene): Promise<ClockedApp> {
  const clock = createTestClock();
  const app = await scene.wire({
    config: { clock, appName: "Teamboard" },
    routes: (routes) => {
      routes.get("/", (c) => c.render(html`<h1>Home</h1>`, { title: "Home" }));
    },
  });
  const clocked = { app, clock, mails: new MailReader(app.url) };
  scene.notes.set(note, clocked);
  return clocked;
}

/** The one that the scenario has started. */
export function clockedOf(scene: Scene): ClockedApp {
  return scene.notes.get(note) as ClockedApp; // set by startClockedApp alone
}

/** Starts one, for people in browsers. */
export async function startClockedPeople(scene: Scene, browser: Browser): Promise<People> {
  const { app } = await startClockedApp(scene);
  const people = new People(browser, { url: app.url, output: () => app.logLines.join(""), stop: () => app.stop() });
  scene.atEnd(() => people.close());
  return people;
}
