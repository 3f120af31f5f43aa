/** What the process that runs the tests is told when it starts. */
export interface TestProcessOptions {
  readonly root: string;
  readonly workers: number;
  /** Stop at the first failure. */
  readonly isBrief: boolean;
  readonly setupFiles: readonly string[];
}

/** A request: run these test files, in this order. Paths are relative to the root. */
export interface TestRequest {
  readonly files: readonly string[];
  /** Sources that changed since the last request. */
  readonly changed: readonly string[];
}

export interface TestReport {
  /** The first failure of each file that failed. */
  readonly failures: readonly { readonly file: string; readonly test: string }[];
  /** How long each file took, by its path. */
  readonly durationsMs: Readonly<Record<string, number>>;
}
