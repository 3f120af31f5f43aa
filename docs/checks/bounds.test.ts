import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentedBounds } from "./bounds.ts";
import { knownErrors } from "./known-errors.ts";
import { projectFolder } from "./samples.ts";

/** Where the code has the defaults, in the order of the tables: a file, and an expression for each value. */
const defaults: readonly (readonly [file: string, ...values: readonly RegExp[]])[] = [
  ["framework/db/open-database.ts", /defaultConnectTimeoutMs = ([\w_ *]+)/],
  ["framework/db/open-database.ts", /defaultWaitMs = ([\w_ *]+)/],
  ["framework/db/transactions/joining-driver.ts", /awayWaitMs = ([\w_ *]+)/],
  ["framework/db/open-database.ts", /defaultQueryTimeoutMs = ([\w_ *]+)/],
  ["framework/db/drivers/server-pool.ts", /pingMs = ([\w_ *]+)/],
  ["framework/db/open-database.ts", /defaultWaitMs = ([\w_ *]+)/],
  ["framework/db/open-database.ts", /lockWaitMs \?\? ([\w_ *]+)/],
  ["framework/db/migrations/migrator.ts", /lockWaitMs: options\.lockWaitMs \?\? ([\w_ *]+)/],
  ["framework/redis/watch-redis.ts", /limitMs = ([\w_ *]+)/],
  ["framework/sse/backplane/redis-backplane.ts", /answerMs \?\? ([\w_ *]+)/],
  ["framework/sse/broker-options.ts", /backplaneMessages: (\d[\w_ *]*)/, /backplaneBytes: (\d[\w_ *]*)/],
  ["framework/jobs/redis/reach-redis.ts", /standardReplyMs = ([\w_ *]+)/],
  ["framework/jobs/redis/committed-jobs.ts", /maxJobs = ([\w_ *]+)/],
  ["framework/secure/rate-limits/redis-rate-limits.ts", /commandTimeout: ([\w_ *]+)/],
  ["framework/sse/backplane/redis-backplane.ts", /connectTimeoutMs \?\? ([\w_ *]+)/],
  ["framework/jobs/redis/redis-connection.ts", /timeoutMs = ([\w_ *]+)/],
  ["framework/kit/serve.ts", /headersTimeout: ([\w_ *]+)/, /standardRequestMs = ([\w_ *]+)/],
  ["framework/kit/serve.ts", /keepAliveMs = ([\w_ *]+)/],
  ["framework/secure/requests/body-limit.ts", /maxBytes = ([\w_ *]+)/, /maxUploadBytes = ([\w_ *]+)/],
  ["framework/secure/requests/body-limit.ts", /maxBytesPerAddress = ([\w_ *]+)/, /maxBytesInTotal = ([\w_ *]+)/],
  ["framework/secure/requests/limit-unread-responses.ts", /timeoutMs = ([\w_ *]+)/, /maxBytesPerAddress = ([\w_ *]+)/],
  ["framework/sse/broker-options.ts", /stallMs \?\? ([\w_ *]+)/],
  ["framework/sse/broker-options.ts", /waitingBytes: (\d[\w_ *]*)/],
  ["framework/sse/start-sse.ts", /standardIdleMs = ([\w_ *]+)/],
  ["framework/auth/passwords/passwords.ts", /maxWaiting = ([\w_ *]+)/],
  ["framework/jobs/job-definition.ts", /timeoutMs = ([\w_ *]+)/],
  ["framework/jobs/create-jobs.ts", /leaseMs = ([\w_ *]+)/],
  ["mail/mail.ts", /timeoutMs = ([\w_ *]+)/],
  ["framework/kit/parts/health-part.ts", /timeoutMs = ([\w_ *]+)/],
  ["framework/kit/serve.ts", /graceMs = ([\w_ *]+)/],
  ["framework/kit/serve.ts", /lameDuckMs = kit\.dev \? 0 : ([\w_ *]+)/],
];

const bounds = documentedBounds();
const read = (file: string) => readFileSync(join(projectFolder, file), "utf8");

describe("the bounds in the guide", () => {
  it("are those of the code", () => {
    const documented = bounds.map(({ what, values }) => ({ what, values }));

    const actual = defaults.map(([file, ...expressions], index) => ({
      what: bounds[index]?.what,
      values: expressions.map((expression) => readProduct(expression.exec(read(file))?.[1] ?? "")),
    }));

    expect(documented).toEqual(actual);
  });

  it("name errors that exist", () => {
    const codes = new Set(knownErrors().map(({ code }) => code));

    expect(bounds.flatMap((bound) => bound.codes).filter((code) => !codes.has(code))).toEqual([]);
  });

  it("name tests that exist", () => {
    const missing = bounds.filter(({ test: { file, title } }) => {
      const text = existsSync(join(projectFolder, file)) ? read(file) : "";
      return title === "" || !text.includes(title);
    });

    expect(missing.map(({ test }) => test)).toEqual([]);
  });
});

/** The value of a product of numbers, as the code writes them. */
function readProduct(text: string): number {
  return text
    .trim()
    .split(" * ")
    .map((factor) => (factor === "MiB" ? 1024 * 1024 : Number(factor.replaceAll("_", ""))))
    .reduce((product, factor) => product * factor, 1);
}
