import type { Figures, Scenario, Slice } from "../scenarios/scenario.ts";
import type { Runner } from "./contenders.ts";
import type { Cores } from "./cores.ts";
import type { LoadClient } from "./load-client.ts";
import { RunningServer } from "./running-server.ts";
import { Stage } from "./stage.ts";

/** What scenarios run with. */
export interface Equipment {
  readonly cores: Cores;
  readonly clients: { readonly plain: LoadClient; readonly compressed: LoadClient };
  readonly slices: number;
  readonly isQuick: boolean;
  /** Reports progress. */
  readonly tell: (text: string) => void;
}

/** The results of one scenario: one value per slice for each figure of each contender, or why there are none. */
export interface Outcome {
  readonly figures: Readonly<Record<string, Record<string, number[]>>>;
  readonly failed: Readonly<Record<string, string>>;
}

/** Runs one scenario with several servers in turn. `close` stops all of them. */
export class Comparison {
  readonly #scenario: Scenario;
  readonly #equipment: Equipment;
  readonly #servers = new Map<string, RunningServer>();
  readonly #slices = new Map<string, Slice>();
  readonly #figures: Record<string, Record<string, number[]>> = {};
  readonly #failed: Record<string, string> = {};

  constructor(scenario: Scenario, equipment: Equipment) {
    this.#scenario = scenario;
    this.#equipment = equipment;
  }

  /** Runs the slices round by round, each contender once per round, so that drift of the machine affects all equally. */
  async run(runners: readonly Runner[], signal: AbortSignal): Promise<Outcome> {
    for (let round = 0; round < this.#equipment.slices; round++) {
      for (const runner of runners) {
        if (this.#failed[runner.name] === undefined && !signal.aborted) await this.#takeSlice(runner);
      }
      if (!signal.aborted)
        this.#equipment.tell(`${this.#scenario.name}: slice ${round + 1} of ${this.#equipment.slices}`);
    }
    return { figures: this.#figures, failed: this.#failed };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
    this.#servers.clear();
  }

  /** A contender that fails must not stop the others: it is recorded as failed. */
  async #takeSlice(runner: Runner): Promise<void> {
    try {
      const slice = this.#slices.get(runner.name) ?? (await this.#prepare(runner));
      this.#record(runner.name, await slice());
    } catch (error) {
      this.#failed[runner.name] = error instanceof Error ? error.message : String(error);
      this.#equipment.tell(`${this.#scenario.name}: ${runner.name} failed: ${this.#failed[runner.name]}`);
    }
    if (this.#scenario.isFresh === true || this.#failed[runner.name] !== undefined) await this.#end(runner.name);
  }

  async #prepare(runner: Runner): Promise<Slice> {
    const { cores, clients, isQuick } = this.#equipment;
    const server = await RunningServer.start(runner, cores.server);
    this.#servers.set(runner.name, server);
    const slice = await this.#scenario.prepare(new Stage(server, clients, isQuick));
    this.#slices.set(runner.name, slice);
    return slice;
  }

  async #end(name: string): Promise<void> {
    await this.#servers.get(name)?.close();
    this.#servers.delete(name);
    this.#slices.delete(name);
  }

  #record(name: string, figures: Figures): void {
    const series = this.#figures[name] ?? {};
    this.#figures[name] = series;
    for (const [figure, value] of Object.entries(figures)) series[figure] = [...(series[figure] ?? []), value];
  }
}
