import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { AppProcess, repository } from "../app-process.ts";
import { CuttableLine } from "../cuttable-line.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { StreamClient } from "../stream-client.ts";
import { SlowReader } from "./slow-reader.ts";

const entryPoints: Readonly<Record<string, string>> = {
  counter: "examples/counter/main.ts",
  "llm-chat": "examples/llm-chat/main.tsx",
  proxy: "examples/proxy/main.ts",
};

/** Faster than the examples' defaults, but slow enough to act in between. */
const pace = { TOKEN_MS: "25", HEARTBEAT_MS: "300", UPSTREAM_MS: "40" };

/** A running example, the pages that people have open on it, and a client of its streams. */
export class ExampleProcess {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #app = new Slot<AppProcess>("a running example");
  readonly #line = new Slot<CuttableLine>("a connection that can be cut");
  readonly #client = new Slot<StreamClient>("a client");
  readonly #slowReader = new Slot<SlowReader>("a slow reader");
  readonly #pages = new Map<string, Page>();

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  /** Starts an example as its README says, for as long as the scenario lasts. */
  async start(name: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
    // The built package, without the paths of the main tsconfig.json, and before tsx, which takes long to read it: that starts in a
    // fraction of the time.
    const args = ["--import", "buffkit", "--import", "tsx", entryPoints[name] ?? name];
    const TSX_TSCONFIG_PATH = join(repository, "features", "support", "examples", "tsconfig.json");
    const app = await AppProcess.start({
      args,
      environment: { PORT: "0", TSX_TSCONFIG_PATH, ...pace, ...environment },
    });
    this.#scene.atEnd(() => app.stop());
    this.#app.value = app;
  }

  async startBehindLine(name: string): Promise<void> {
    await this.start(name);
    const line = await CuttableLine.to(this.#app.value.url);
    this.#scene.atEnd(() => line.close());
    this.#line.value = line;
  }

  /** The connection between the browser and the example. */
  get line(): CuttableLine {
    return this.#line.value;
  }

  get url(): string {
    return this.#line.isSet ? this.line.url : this.#app.value.url;
  }

  /** The client that listens to a stream. */
  get client(): StreamClient {
    return this.#client.value;
  }

  get slowReader(): SlowReader {
    return this.#slowReader.value;
  }

  /** Opens a path in a browser of the person's own. */
  async open(path: string, name = "Ann", options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext(options);
    this.#scene.atEnd(() => context.close());
    const page = await context.newPage();
    this.#pages.set(name, page);
    await page.goto(this.url + path);
    return page;
  }

  /** The page that the person has open. */
  page(name = "Ann"): Page {
    const page = this.#pages.get(name);
    if (!page) throw new RangeError(`${name} has no page open.`);
    return page;
  }

  async listen(path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    const client = await StreamClient.connect(this.url + path, headers);
    this.#scene.atEnd(() => client.leave());
    this.#client.value = client;
  }

  async openSlowly(path: string): Promise<void> {
    const reader = await SlowReader.connect(this.url + path);
    this.#scene.atEnd(() => reader.leave());
    this.#slowReader.value = reader;
  }

  async json(path: string): Promise<unknown> {
    return await (await fetch(this.url + path)).json();
  }

  async post(path: string, body: unknown = {}): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return await fetch(this.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  }
}
