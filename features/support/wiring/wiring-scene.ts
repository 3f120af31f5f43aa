import { expect } from "@playwright/test";
import { type Config, type Kit, wire } from "buffkit";
import { Hono } from "hono";
import type { Scene } from "../scene.ts";
import { strongSecret } from "../wired-app.ts";

const inMemory: Config = {
  dev: true,
  databaseUrl: "sqlite::memory:",
  logLevel: "silent",
  mail: { inboxFolder: false },
};

/** A schema by the Standard Schema interface, without a validation library. */
const anyText = {
  "~standard": { version: 1, vendor: "scenario", validate: (value: unknown) => ({ value: String(value) }) },
} as const;

/** What `wire` returns and what it rejects. */
export class WiringScene {
  readonly #scene: Scene;
  #error: unknown;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async tryToWire(config: Config): Promise<void> {
    try {
      await (await wire(new Hono(), { ...inMemory, ...config })).close();
    } catch (error) {
      this.#error = error;
    }
  }

  async tryToWireWithRedis(redisUrl: string): Promise<void> {
    await this.tryToWire({ authSecret: strongSecret, redisUrl });
  }

  async expectRunning(): Promise<void> {
    const { kit, url } = this.#scene.app;
    const ready = await fetch(`${url}/readyz`);
    expect(await ready.text()).toContain("database: ok");
    expect(ready.status).toBe(200);
    const greeting = new Promise<string>((resolve) => {
      const job = kit.jobs.define("greet", {
        schema: anyText,
        handler: async (name) => resolve(`hello ${name}`),
        queue: "default",
      });
      void kit.jobs.enqueue(job, "Ann");
    });
    expect(await greeting).toBe("hello Ann");
  }

  async expectHandles(): Promise<void> {
    const { kit } = this.#scene.app;
    const used: Record<keyof Pick<Kit, "broker" | "auth" | "mail" | "importMap" | "components">, unknown> = {
      broker: kit.broker.clientCount,
      auth: await kit.auth.users.findByEmail("nobody@example.test"),
      mail: (await kit.mail.prepare({ to: "ann@example.test", subject: "Hi", text: "Hello" })).subject,
      importMap: kit.importMap.list().length > 0,
      components: await kit.components.expand("<bk-button>Save</bk-button>"),
    };
    expect(used).toMatchObject({ broker: 0, auth: null, mail: "Hi", importMap: true });
    expect(used.components).toContain("<button");
  }

  expectError(text: string): void {
    expect(String(this.#error)).toContain(text);
  }

  expectHidden(secret: string): void {
    const error = this.#error;
    const shown = error instanceof Error ? `${error.stack}${JSON.stringify(error)}${error.cause}` : String(error);
    expect(shown).not.toContain(secret);
  }
}
