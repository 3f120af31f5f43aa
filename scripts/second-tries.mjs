// Tests that failed and passed at their second try, by name. Vitest's JSON report doesn't tell; as its reporter, this writes them to a file.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.mjs";

/** Where the reporter writes the names, as JSON. */
export const unitSecondTries = join(root, "test-results", "unit-second-tries.json");

export default class SecondTries {
  onTestRunEnd(modules) {
    const tests = modules.flatMap((module) => [...module.children.allTests("passed")]);
    const names = tests.filter((test) => test.diagnostic()?.flaky).map(({ fullName }) => fullName);
    writeFileSync(unitSecondTries, JSON.stringify(names));
  }
}

/** The scenarios of Playwright's report that passed at the second try. */
export function scenarioSecondTries(suites) {
  return suites.flatMap((suite) => [
    ...scenarioSecondTries(suite.suites ?? []),
    ...(suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map(({ title }) => `${suite.title} > ${title}`),
  ]);
}
