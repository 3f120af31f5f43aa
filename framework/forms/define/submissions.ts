import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "../../base/index.ts";
import type { RateLimiter, RateRule } from "../../secure/index.ts";
import type { Entry } from "../input/read-body.ts";
import { csrfFieldName } from "../input/read-form.ts";
import { done, type FormAnswer } from "./answers.ts";

/** Short, because a process that stops in the middle of a post must not keep it from being sent again. */
const started: RateRule = { name: "form", limit: 1, windowMs: 30_000 };
const handled: RateRule = { ...started, windowMs: 24 * 60 * 60 * 1000 };
const pollMs = 250;
const maxRemembered = 1000;

/** Makes the answer to a repeated post. */
type Repeat = () => FormAnswer;

export interface SubmissionsOptions {
  readonly limiter: RateLimiter;
  readonly log: Logger;
}

/**
 * Makes duplicate posts harmless: what was sent once with a key isn't handled again within a day. This process keeps the answers to the
 * latest 1,000 posts, and repeats them for duplicates. Other processes know only that the post was handled, or is being handled, and wait.
 */
export class Submissions {
  readonly #limiter: RateLimiter;
  readonly #log: Logger;
  readonly #answers = new Map<string, Promise<Repeat>>();

  constructor({ limiter, log }: SubmissionsOptions) {
    this.#limiter = limiter;
    this.#log = log;
  }

  /** Handles the post, unless the same one is being handled or was. A refused or failed one may be sent again. */
  async once(id: string, handle: () => Promise<FormAnswer>): Promise<FormAnswer> {
    const known = this.#answers.get(id);
    if (known) return (await known)();
    const answer = this.#handleFirst(id, handle);
    this.#remember(id, answer.then(repeatOf));
    try {
      const given = await answer;
      if (isRefused(given)) await this.#giveBack(id);
      else await this.#keep(id);
      return given;
    } catch (error) {
      await this.#giveBack(id);
      throw error;
    }
  }

  async #handleFirst(id: string, handle: () => Promise<FormAnswer>): Promise<FormAnswer> {
    return (await this.#claim(id)) ? handle() : done();
  }

  /** When the counters can't be reached, handling a post twice is the smaller harm. */
  async #claim(id: string): Promise<boolean> {
    try {
      for (let waitedMs = 0; waitedMs < started.windowMs; waitedMs += pollMs) {
        const verdict = await this.#limiter.consume(started, id);
        if (verdict.ok) return true;
        if (verdict.retryAfterMs > started.windowMs) return false;
        // Another process handles it right now, or stopped before it was done.
        await setTimeout(pollMs);
      }
      return true;
    } catch (err) {
      this.#log.warn({ err }, "duplicate posts of forms can't be recognized right now");
      return true;
    }
  }

  async #keep(id: string): Promise<void> {
    await this.#limiter
      .exhaust(handled, id)
      .catch((err: unknown) => this.#log.warn({ err }, "that a form was handled can't be remembered"));
  }

  async #giveBack(id: string): Promise<void> {
    this.#answers.delete(id);
    await this.#limiter
      .forget(started, id)
      .catch((err: unknown) => this.#log.warn({ err }, "the key of a refused form can't be released"));
  }

  #remember(id: string, answer: Promise<Repeat>): void {
    // The post itself reports the error.
    answer.catch(() => {});
    this.#answers.set(id, answer);
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > maxRemembered && !oldest.done) this.#answers.delete(oldest.value);
  }
}

function isRefused(answer: FormAnswer): boolean {
  return answer instanceof Response ? answer.status >= 400 : answer.outcome === "refused";
}

const redirects = ["Location", "HX-Redirect", "HX-Location", "HX-Refresh"];

/** A response can be sent once, and may be large. Of one that the handler made itself, only a redirect is kept. */
function repeatOf(answer: FormAnswer): Repeat {
  if (!(answer instanceof Response)) return () => answer;
  const { status } = answer;
  const headers = redirects.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return headers.length === 0 ? () => done() : () => new Response(null, { status, headers });
}

/** The same for the same key and content. The visitor's token is part of it, because a cached page has one key for many visitors. */
export async function submissionId(
  entries: readonly Entry[],
  from: { readonly key: string; readonly path: string; readonly visitor: string },
): Promise<string> {
  const hash = createHash("sha256");
  const add = (part: string | Uint8Array) => hash.update(`${part.length}:`).update(part);
  for (const part of [from.key, from.path, from.visitor]) add(part);
  for (const [name, value] of entries) {
    if (name === csrfFieldName) continue;
    add(name);
    if (value instanceof File) for (const part of [value.name, value.type]) add(part);
    if (value instanceof File) add(new Uint8Array(await value.arrayBuffer()));
    else add(JSON.stringify(value) ?? "");
  }
  return hash.digest("base64url");
}
