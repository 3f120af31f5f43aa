import { createHash } from "node:crypto";
import type { Logger } from "../../base/index.ts";
import type { RateLimiter, RateRule } from "../../secure/index.ts";
import type { Entry } from "../input/read-body.ts";
import { csrfFieldName } from "../input/read-form.ts";
import { done, type FormAnswer } from "./answers.ts";

const rule: RateRule = { name: "form", limit: 1, windowMs: 24 * 60 * 60 * 1000 };
const maxRemembered = 1000;

export interface SubmissionsOptions {
  readonly limiter: RateLimiter;
  readonly log: Logger;
}

/**
 * Makes doubled posts harmless: what was sent once with a key isn't handled again within a day. The answer to it is kept in this process,
 * for the latest 1,000 posts; a repeated post gets the same one. Other processes know only that the post was handled.
 */
export class Submissions {
  readonly #limiter: RateLimiter;
  readonly #log: Logger;
  readonly #answers = new Map<string, Promise<FormAnswer>>();

  constructor({ limiter, log }: SubmissionsOptions) {
    this.#limiter = limiter;
    this.#log = log;
  }

  /** Handles the post, unless the same one is being handled or was. A refused or failed one may be sent again. */
  async once(id: string, handle: () => Promise<FormAnswer>): Promise<FormAnswer> {
    const known = this.#answers.get(id);
    if (known) return repeatable(await known);
    const answer = this.#handleFirst(id, handle);
    this.#remember(id, answer);
    try {
      const given = await answer;
      if (isRefused(given)) await this.#giveBack(id);
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
      return (await this.#limiter.consume(rule, id)).ok;
    } catch (err) {
      this.#log.warn({ err }, "doubled posts of forms can't be recognized now");
      return true;
    }
  }

  async #giveBack(id: string): Promise<void> {
    this.#answers.delete(id);
    await this.#limiter
      .forget(rule, id)
      .catch((err: unknown) => this.#log.warn({ err }, "the key of a refused form can't be given back"));
  }

  #remember(id: string, answer: Promise<FormAnswer>): void {
    this.#answers.set(id, answer);
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > maxRemembered && !oldest.done) this.#answers.delete(oldest.value);
  }
}

function isRefused(answer: FormAnswer): boolean {
  return !(answer instanceof Response) && answer.outcome === "refused";
}

/** A response can be sent once. Of one that the handler made itself, only a redirect can be repeated. */
function repeatable(answer: FormAnswer): FormAnswer {
  if (!(answer instanceof Response)) return answer;
  const location = answer.headers.get("Location");
  return location === null ? done() : new Response(null, { status: answer.status, headers: { Location: location } });
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
    if (value instanceof File) add(new Uint8Array(await value.arrayBuffer()));
    else add(JSON.stringify(value) ?? "");
  }
  return hash.digest("base64url");
}
