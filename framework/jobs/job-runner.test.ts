import { describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLogger } from "../base/index.ts";
import { giveUp } from "./errors.ts";
import { defineJob, type JobContext } from "./job-definition.ts";
import { createJobRunner } from "./job-runner.ts";

type Handler = (payload: { n: number }, context: JobContext) => unknown;

const claimed = {
  id: "1",
  queue: "default",
  name: "work",
  payload: '{"n":1}',
  attempt: 1,
  maxAttempts: 3,
  timeoutMs: 1000,
};

function runnerFor(handler: Handler) {
  const definition = defineJob("work", { schema: z.object({ n: z.number() }), backoff: { baseMs: 100 }, handler });
  return createJobRunner({ find: () => definition, log: silentLogger, random: () => 0 });
}

describe("createJobRunner", () => {
  const held = new AbortController().signal;

  it("passes the handler its payload and the number of the attempt", async () => {
    const seen: unknown[] = [];
    const run = runnerFor((payload, { attempt, maxAttempts }) => void seen.push({ payload, attempt, maxAttempts }));

    expect(await run({ ...claimed, attempt: 2 }, held)).toEqual({ kind: "done" });

    expect(seen).toEqual([{ payload: { n: 1 }, attempt: 2, maxAttempts: 3 }]);
  });

  it("requests a retry after a delay, with the error and its stack", async () => {
    const run = runnerFor(() => {
      throw new TypeError("no luck");
    });

    const outcome = await run({ ...claimed, attempt: 2 }, held);

    expect(outcome).toMatchObject({ kind: "retry", delayMs: 200, error: expect.stringMatching(/no luck\n\s+at /) });
  });

  it("gives up after the last attempt", async () => {
    const run = runnerFor(() => Promise.reject(new Error("no luck")));

    expect(await run({ ...claimed, attempt: 3 }, held)).toMatchObject({ kind: "dead" });
  });

  it("gives up at once when the handler says that retrying is pointless", async () => {
    const run = runnerFor(() => {
      throw giveUp("the account is gone");
    });

    expect(await run(claimed, held)).toMatchObject({
      kind: "dead",
      error: expect.stringContaining("the account is gone"),
    });
  });

  it("gives up at once when the definition says that an error is final", async () => {
    const handler = () => Promise.reject(new TypeError("refused"));
    const isFinal = (error: unknown) => error instanceof TypeError;
    const definition = defineJob("work", { schema: z.object({ n: z.number() }), handler, isFinal });
    const run = createJobRunner({ find: () => definition, log: silentLogger, random: () => 0 });

    expect(await run(claimed, held)).toMatchObject({ kind: "dead", error: expect.stringContaining("refused") });
  });

  it("returns what the handler kept with the outcome, also when its worker stops", async () => {
    const stopping = new AbortController();
    const run = runnerFor((_, { keep }) => {
      keep({ n: 2 });
      stopping.abort();
      return new Promise(() => undefined);
    });

    expect(await run(claimed, stopping.signal)).toEqual({ kind: "released", payload: '{"n":2}' });
  });

  it("gives up at once when a stored payload no longer matches its schema", async () => {
    const run = runnerFor(() => undefined);

    expect(await run({ ...claimed, payload: '{"n":"one"}' }, held)).toMatchObject({
      kind: "dead",
      error: expect.stringContaining("n: "),
    });
  });

  it("counts a timeout as a failure, even if the handler ignores its signal", async () => {
    const run = runnerFor(() => new Promise(() => undefined));

    expect(await run({ ...claimed, timeoutMs: 5 }, held)).toMatchObject({
      kind: "retry",
      error: expect.stringContaining("within 5 ms"),
    });
  });

  it("releases a job whose worker stops, even if it stopped before the job started", async () => {
    const run = runnerFor(() => new Promise(() => undefined));

    expect(await run(claimed, AbortSignal.abort())).toEqual({ kind: "released" });
  });

  it("handles thrown values that aren't errors", async () => {
    const run = runnerFor(() => Promise.reject("just text"));

    expect(await run(claimed, held)).toMatchObject({ kind: "retry", error: "just text" });
  });
});
