import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { AppProcess } from "./app-process.ts";
import { CuttableLine } from "./cuttable-line.ts";
import type { Scene } from "./scene.ts";
import { StreamClient } from "./stream-client.ts";

const mains: Readonly<Record<string, string>> = {
  counter: "examples/counter/main.ts",
  "llm-chat": "examples/llm-chat/main.tsx",
  proxy: "examples/proxy/main.ts",
};

/** Faster than for people, but slow enough to act in between. */
const pace = { TOKEN_MS: "25", HEARTBEAT_MS: "300", UPSTREAM_MS: "40" };

/** One running example, the pages that people have open on it and the client that listens. */
export class ExampleProcess {
  readonly #app: AppProcess;
  readonly #scene: Scene;
  readonly #pages = new Map<string, Page>();
  #client: StreamClient | undefined;
  line: CuttableLine | undefined;

  private constructor(app: AppProcess, scene: Scene) {
    this.#app = app;
    this.#scene = scene;
  }

  /** Starts it as its README says, for as long as the scenario. */
  static async start(scene: Scene, name: string, environment: Record<string, string> = {}): Promise<ExampleProcess> {
    const args = ["--import", "tsx", mains[name] ?? name];
    const app = await AppProcess.start({ args, environment: { PORT: "0", ...pace, ...environment } });
    scene.atEnd(() => app.stop());
    const example = new ExampleProcess(app, scene);
    scene.notes.set("example", example);
    return example;
  }

  /** The one that runs in this scenario. */
  static of(scene: Scene): ExampleProcess {
    const example = scene.notes.get("example");
    if (!(example instanceof ExampleProcess)) throw new RangeError("no step of this scenario has started an example");
    return example;
  }

  async putBehindLine(): Promise<void> {
    const line = await CuttableLine.to(this.#app.url);
    this.#scene.atEnd(() => line.close());
    this.line = line;
  }

  get url(): string {
    return this.line?.url ?? this.#app.url;
  }

  /** Opens a page in a browser of the person's own. */
  async open(browser: Browser, path: string, name = "Ann", options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    this.#scene.atEnd(() => context.close());
    const page = await context.newPage();
    this.#pages.set(name, page);
    await page.goto(this.url + path);
    return page;
  }

  page(name = "Ann"): Page {
    const page = this.#pages.get(name);
    if (!page) throw new RangeError(`${name} has no page open`);
    return page;
  }

  async listen(path: string, headers: Record<string, string> = {}): Promise<void> {
    const client = await StreamClient.connect(this.url + path, headers);
    this.#scene.atEnd(() => client.leave());
    this.#client = client;
  }

  get client(): StreamClient {
    if (!this.#client) throw new RangeError("no client listens");
    return this.#client;
  }

  async json(path: string): Promise<unknown> {
    return await (await fetch(this.url + path)).json();
  }

  async post(path: string, body: unknown = {}): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return await fetch(this.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  }
}
