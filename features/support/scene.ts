import type { BrokerRig } from "./broker-rig.ts";
import type { Person } from "./people.ts";
import type { StreamClient } from "./stream-client.ts";
import { WiredApp, type WiredAppOptions } from "./wired-app.ts";

/** What the steps of one scenario tell each other; what it started is stopped when the scenario ends. */
export class Scene {
  /** The person of whom "she" and "the visitor" speak. */
  person: Person | undefined;
  answer: Response | undefined;
  answers: Response[] = [];
  text = "";
  failure: unknown;
  clients: StreamClient[] = [];
  rig: BrokerRig | undefined;
  readonly notes = new Map<string, unknown>();
  readonly #closers: (() => void | Promise<void>)[] = [];
  readonly #apps: WiredApp[] = [];

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
    if (!app) throw new RangeError("no step of this scenario has wired an app");
    return app;
  }

  get hasApp(): boolean {
    return this.#apps.length > 0;
  }

  get someone(): Person {
    if (!this.person) throw new RangeError("no step of this scenario has named a person");
    return this.person;
  }

  get bareRig(): BrokerRig {
    if (!this.rig) throw new RangeError("no step of this scenario has made a broker");
    return this.rig;
  }

  atEnd(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }

  async end(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
  }
}
