/** Asks again and again until the answer is true; throws with the description when it never is. */
export async function waitFor(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  patienceMs = 15_000,
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!(await isTrue())) {
    if (Date.now() > until) throw new Error(`Waited ${patienceMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
