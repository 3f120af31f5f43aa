import type { TestType } from "@playwright/test";

/** Skips the scenario with this reason where a program isn't installed; fails it instead where `REQUIRE_SERVICES=1`. */
export function requireProgram(test: Pick<TestType<object, object>, "skip">, name: string, isInstalled: boolean): void {
  const reason = `${name} isn't installed`;
  if (!isInstalled && process.env.REQUIRE_SERVICES === "1")
    throw new Error(`${reason}, but REQUIRE_SERVICES=1 is set.`);
  test.skip(!isInstalled, reason);
}
