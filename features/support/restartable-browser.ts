import { type BrowserContext, chromium, type LaunchOptions, type Page } from "@playwright/test";
import { freeFolder } from "./free-folder.ts";

/** A browser with a profile on disk, which can be ended and started again as people do. */
export class RestartableBrowser {
  readonly #folder = freeFolder("profile");
  readonly #options: LaunchOptions & { readonly baseURL: string };
  #context: BrowserContext | undefined;

  constructor(options: LaunchOptions & { readonly baseURL: string }) {
    this.#options = options;
  }

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
