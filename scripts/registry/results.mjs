/** Checks and measurements; each line is printed as soon as it is known, with the seconds since the line before, the counts at the end. */
export class Results {
  #startedAt = performance.now();
  #lineAt = performance.now();
  #passed = 0;
  #failed = 0;
  #open = 0;
  #skipped = 0;

  /** Records one check; `details` says what was measured, or what went wrong. */
  add(name, isPassed, details = "") {
    if (isPassed) this.#passed += 1;
    else this.#failed += 1;
    const text = details.trim();
    const shown = text.includes("\n") ? `\n${text.replace(/^/gm, "        ")}` : text && `  (${text})`;
    this.#printLine(isPassed ? "ok" : "FAILED", `${name}${shown}`);
  }

  /** Records what could not be judged, and why. */
  leaveOpen(name, reason) {
    this.#open += 1;
    this.#printLine("open", `${name}  (${reason})`);
  }

  /** Records what could not be tried, and why. Where everything is demanded, as before anything lands, that is a failure. */
  skip(name, reason) {
    if (process.env.REQUIRE_SERVICES) return this.add(name, false, reason);
    this.#skipped += 1;
    this.#printLine("SKIPPED", `${name}  (${reason})`);
  }

  /** Prints the counts; the answer is the exit code. */
  print() {
    const open = this.#open === 0 ? "" : `, ${this.#open} not judged: the machine was too busy`;
    const skipped = this.#skipped === 0 ? "" : `, ${this.#skipped} skipped`;
    process.stdout.write(
      `\n${this.#passed} passed, ${this.#failed} failed${skipped}${open}, in ${Math.round((performance.now() - this.#startedAt) / 1000)} s\n`,
    );
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }

  #printLine(verdict, text) {
    const now = performance.now();
    const seconds = ((now - this.#lineAt) / 1000).toFixed(1);
    this.#lineAt = now;
    process.stdout.write(`${verdict.padEnd(8)}${seconds.padStart(5)} s  ${text}\n`);
  }
}
