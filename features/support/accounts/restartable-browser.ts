import { type BrowserContext, chromium, type LaunchOptions, type Page } from "@playwright/test";
import { freeFolder } from "../free-folder.ts";

export type RestartableBrowserOptions = LaunchOptions & { readonly baseURL: string };

/** A browser with a profile on disk that can be closed and started again. */
export class RestartableBrowser {
  readonly #folder = freeFolder("profile");
  readonly #options: RestartableBrowserOptions;
  #context: BrowserContext | undefined;

  constructor(options: RestartableBrowserOptions) {
    this.#options = options;
  }

  /** Starts the browser; closes it first if it is running. */
  async start(): Promise<Page> {
    await this.#context?.close();
    this.#context = await chromium.launchPersistentContext(this.#folder.path, this.#options);
    return this.#context.pages()[0] ?? (await this.#context.newPage());
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#folder.remove();
  }
}
