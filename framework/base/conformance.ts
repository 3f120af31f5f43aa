/** A rule that every implementation of a port must follow. Works with any test runner: `it(name, run)`. */
export interface ConformanceCheck {
  readonly name: string;
  /** Opens an implementation, and rejects if it breaks the rule. */
  run(): Promise<void>;
}

/** An implementation under test, with what its checks need. */
export interface ConformanceSubject {
  /** Called after each check. */
  close?(): Promise<void> | void;
}

/** Opens the implementation under test, for one check. */
export type OpenSubject<Subject> = () => Subject | Promise<Subject>;

/** A rule, for a subject that is open. */
export interface ConformanceRule<Subject> {
  readonly name: string;
  test(subject: Subject): Promise<void>;
}

/** Makes checks of rules: each opens a subject of its own and closes it. */
export function createChecks<Subject extends ConformanceSubject>(
  open: OpenSubject<Subject>,
  rules: readonly ConformanceRule<Subject>[],
): readonly ConformanceCheck[] {
  return rules.map(({ name, test }) => ({
    name,
    async run() {
      const subject = await open();
      try {
        await test(subject);
      } finally {
        await subject.close?.();
      }
    },
  }));
}
