import { applyMutation, type Mutation } from "./mutation.ts";
import { TestProcess } from "./test-process.ts";
import type { TestReport } from "./test-protocol.ts";
import { copyTree, type TreeCopy } from "./tree-copy.ts";

/** A mutation with the tests that could notice it. */
export interface Trial {
  readonly mutation: Mutation;
  readonly tests: readonly string[];
  /** How long these tests take without a mutation. */
  readonly usualMs: number;
}

/** `unreached`: no test calls the function. `undecided`: its tests hang without the mutation as well. */
export type Verdict = "killed" | "hung" | "survived" | "unreached" | "undecided";

export interface Outcome {
  readonly mutation: Mutation;
  readonly verdict: Verdict;
  /** The test that noticed it. */
  readonly by?: string;
}

/** A copy of the repository and a process that runs its tests; mutations are tried in it one after the other. */
export class MutationBench {
  readonly #copy: TreeCopy;
  readonly #runner: TestProcess;
  /** Files that were put back since the last run. */
  #changed: string[] = [];

  readonly #patienceMs: number;

  /** A run that takes this long beyond four times the usual hangs; default: 20 seconds. */
  constructor(root: string, patienceMs = 20_000) {
    this.#patienceMs = patienceMs;
    this.#copy = copyTree(root);
    this.#runner = new TestProcess({ root: this.#copy.root, workers: 1, isBrief: true, setupFiles: [] });
  }

  async try(trial: Trial): Promise<Outcome> {
    const { mutation, tests } = trial;
    if (tests.length === 0) return { mutation, verdict: "unreached" };
    const { file } = mutation;
    const text = this.#copy.read(file);
    this.#copy.write(file, applyMutation(text, mutation));
    this.#changed.push(file);
    const report = await this.#run(trial);
    this.#copy.write(file, text);
    this.#changed.push(file);
    if (report === "hung") return { mutation, verdict: (await this.#run(trial)) === "hung" ? "undecided" : "hung" };
    const [failure] = report.failures;
    if (failure === undefined) return { mutation, verdict: "survived" };
    return { mutation, verdict: "killed", by: `${failure.file}: ${failure.test}` };
  }

  /** The test that fails without any mutation, if there is one: then tests fail by chance, and the score is too good. */
  async control(trial: Trial): Promise<string | undefined> {
    const report = await this.#run(trial);
    if (report === "hung") return `no answer from ${trial.tests.join(", ")}`;
    const [failure] = report.failures;
    return failure && `${failure.file}: ${failure.test}`;
  }

  close(): void {
    this.#runner.close();
    this.#copy.close();
  }

  #run({ tests, usualMs }: Trial): Promise<TestReport | "hung"> {
    const changed = this.#changed;
    this.#changed = [];
    return this.#runner.run({ files: tests, changed }, this.#patienceMs + 4 * usualMs);
  }
}
