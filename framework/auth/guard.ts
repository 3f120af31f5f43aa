import type { Context, MiddlewareHandler } from "hono";
import { noteRefusal } from "../secure/index.ts";

/** Variables that a guard sets, for the handlers after it: `c.var.…`. */
export type GuardVariables = object;

/**
 * Middleware that decides who may pass. It sets the types of variables for the handlers after it: after `RequireLogin`, `c.var.user` is
 * a `User`. It can also open topics of live streams (`Part.topics`).
 */
export interface Guard<Variables extends GuardVariables = GuardVariables>
  extends MiddlewareHandler<{ Variables: Variables }> {
  /** Shown by `buffkit routes`. */
  readonly name: string;
  /** Whether the request may pass, without responding to it. Sets the guard's variables. */
  allows(c: Context): boolean | Promise<boolean>;
}

/** What a guard decides: whether the request may pass, or the variables it passes with; everything else refuses it. */
export type GuardVerdict = boolean | null | undefined | GuardVariables;

export interface GuardOptions<Needed extends GuardVariables, Verdict extends GuardVerdict> {
  /** Shown by `buffkit routes`. Starts with `Require`. */
  readonly name: string;
  /** A guard to pass first. Those it refuses get its response. */
  readonly after?: Guard<Needed>;
  /**
   * Decides. Variables that it returns as a plain object are set, and the request passes; null, undefined, false and a result with
   * `ok: false`, such as that of `kit.limiter.consume`, refuse it.
   */
  allows(c: Context<{ Variables: Needed }>): Verdict | Promise<Verdict>;
  /** The response to those who may not pass. Default: an empty 403. */
  refuse?(c: Context): Response | Promise<Response>;
}

/** The variables in a verdict; those of `true` and of a refusal are none. */
type Granted<Verdict> = [Extract<Verdict, GuardVariables>] extends [never]
  ? GuardVariables
  : Extract<Verdict, GuardVariables>;

/**
 * Creates a guard for routes and topics:
 * `createGuard({ name: "RequireTeam", after: RequireLogin, allows: async (c) => ({ team: await teamOf(c.var.user) }) })`.
 */
export function createGuard<Verdict extends GuardVerdict, Needed extends GuardVariables = GuardVariables>(
  options: GuardOptions<Needed, Verdict>,
): Guard<Needed & Granted<Verdict>> {
  const { name, after, refuse = forbid } = options;

  function decide(c: Context): boolean | Promise<boolean> {
    const verdict = options.allows(c);
    return isLater(verdict) ? Promise.resolve(verdict).then((settled) => grant(c, settled)) : grant(c, verdict);
  }

  async function passOrRefuse(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    if (!(await decide(c))) return await refuseAs(name, c);
    await next();
    return undefined;
  }

  /** An invitation to log in is none, and says so by its status. */
  async function refuseAs(reason: string, c: Context): Promise<Response> {
    const response = await refuse(c);
    if (response.status >= 402) noteRefusal(c, { reason });
    return response;
  }

  async function guard(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    if (!after) return await passOrRefuse(c, next);
    let refusal: Response | undefined;
    const earlierRefusal = await after(c, async () => {
      refusal = await passOrRefuse(c, next);
    });
    return earlierRefusal ?? refusal;
  }

  async function allowsBoth(c: Context, first: Guard<Needed>): Promise<boolean> {
    return (await first.allows(c)) && (await decide(c));
  }

  // Bundlers rename functions, so the name is set as a value.
  Object.defineProperty(guard, "name", { value: name });
  return Object.assign(guard, { allows: (c: Context) => (after ? allowsBoth(c, after) : decide(c)) });
}

/** Some libraries have promises of their own. */
function isLater<Verdict extends GuardVerdict>(verdict: Verdict | Promise<Verdict>): verdict is Promise<Verdict> {
  return typeof verdict === "object" && verdict !== null && "then" in verdict && typeof verdict.then === "function";
}

/** Sets the variables of a verdict. Only `true` and a plain object pass, so that a mistake such as a returned response refuses. */
function grant(c: Context, verdict: GuardVerdict): boolean {
  if (verdict === true) return true;
  if (typeof verdict !== "object" || verdict === null) return false;
  if (Object.getPrototypeOf(verdict) !== Object.prototype) return false;
  // The result of something that failed, such as a rate limit.
  if ("ok" in verdict && verdict.ok === false) return false;
  for (const [name, value] of Object.entries(verdict)) c.set(name, value);
  return true;
}

function forbid(c: Context): Response {
  return c.body(null, 403);
}
