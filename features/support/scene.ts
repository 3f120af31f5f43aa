import type { Page } from "@playwright/test";
import type { Person } from "./people.ts";
import { Slot } from "./slot.ts";
import { WiredApp, type WiredAppOptions } from "./wired-app.ts";

/** What all subjects share: who "she" is, the apps that the scenario has wired, and what to close when it ends. */
export class Scene {
  readonly #person = new Slot<Person>("a person");
  readonly #apps: WiredApp[] = [];
  readonly #disposables: (() => void | Promise<void>)[] = [];

  /** The person that "she" and "the visitor" refer to. */
  get person(): Person {
    return this.#person.value;
  }

  set person(person: Person) {
    this.#person.value = person;
  }

  /** Her browser page. */
  get page(): Page {
    return this.person.page;
  }

  /** Wires an app that lives as long as the scenario. */
  async wire(options?: WiredAppOptions): Promise<WiredApp> {
    const app = await WiredApp.start(options);
    this.#apps.push(app);
    this.atEnd(() => app.stop());
    return app;
  }

  /** The app that was wired last. */
  get app(): WiredApp {
    const app = this.#apps.at(-1);
    if (!app) throw new RangeError("No earlier step of this scenario has wired an app.");
    return app;
  }

  /** The app that was wired last; wires one if there is none yet. */
  async anyApp(): Promise<WiredApp> {
    return this.#apps.at(-1) ?? (await this.wire());
  }

  /** Runs `dispose` when the scenario ends; what was registered last runs first. */
  atEnd(dispose: () => void | Promise<void>): void {
    this.#disposables.push(dispose);
  }

  async end(): Promise<void> {
    for (const dispose of this.#disposables.reverse()) await dispose();
  }
}
