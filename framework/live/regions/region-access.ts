import type { Context } from "hono";
import type { Logger, StandardSchema } from "../../base/index.ts";
import { audienceUnknown } from "../errors.ts";
import { canonical } from "./canonical.ts";
import { type RegionDefinition, sharedAudience } from "./region.ts";

/** Params that fit the region's schema. */
export interface CheckedParams {
  readonly params: unknown;
  /** The same for equal params. */
  readonly key: string;
}

/**
 * The params as the schema leaves them, or what is wrong with them. Streams ask for a region with JSON, and pages take the same way: so
 * nothing else gets into a region, such as an element or a function that knows the visitor of the page.
 */
export async function checkParams(
  schema: StandardSchema | undefined,
  given: unknown,
): Promise<CheckedParams | { readonly problems: string }> {
  if (!schema) return { params: {}, key: "{}" };
  const result = await schema["~standard"].validate(given);
  if (result.issues) return { problems: result.issues.map(({ message }) => message).join(" ") };
  const key = canonical(result.value);
  const again = await schema["~standard"].validate(JSON.parse(key));
  if (again.issues || canonical(again.value) !== key) return { problems: notTheSame };
  return { params: again.value, key };
}

const notTheSame =
  "once written as JSON and read again, they aren't the same. Convert them with something that can be repeated, such as z.coerce.date().";

/**
 * The audience that somebody belongs to, or null if they may not see the region: one of its classes, their own id if it is one person's, or
 * the one that all share.
 */
export async function audienceOf(
  region: RegionDefinition,
  params: unknown,
  visitor: { readonly c: Context; readonly userId: string | undefined; readonly log: Logger },
): Promise<string | null> {
  const { c, userId, log } = visitor;
  const { name, audiences } = region;
  const answer = await region.grant(c, params);
  if (answer === false) return null;
  if (audiences === "person") return answer === true && userId !== undefined ? userId : null;
  if (audiences.length === 0 && answer === true) return sharedAudience;
  if (typeof answer === "string" && audiences.includes(answer)) return answer;
  // Nobody sees anything by mistake.
  log.error({ err: audienceUnknown({ name, answer, audiences }) }, "a live region was refused");
  return null;
}
