import { KitError } from "../framework/base/index.ts";

/** A component was registered with an invalid name. */
export function invalidName(facts: { name: string }): KitError {
  return new KitError({
    code: "COMPONENTS_INVALID_NAME",
    message: `${JSON.stringify(facts.name)} isn't a valid component name. Expected a name such as "bk-card" or "card".`,
    hint: "Use lowercase letters, digits and dashes after the prefix. bk-slot is reserved for named slots.",
  });
}

/** A component threw while rendering. */
export function renderFailed(facts: { name: string; cause: unknown }): KitError {
  const reason = facts.cause instanceof Error ? facts.cause.message : String(facts.cause);
  return new KitError({
    code: "COMPONENTS_RENDER_FAILED",
    message: `The component <${facts.name}> failed: ${reason}`,
    cause: facts.cause,
  });
}

/** Components render each other without end. */
export function nestedTooDeep(facts: { name: string; maxDepth: number }): KitError {
  return new KitError({
    code: "COMPONENTS_NESTED_TOO_DEEP",
    message: `<${facts.name}> is nested more than ${facts.maxDepth} components deep.`,
    hint: "Check whether the component renders itself, directly or through another one.",
  });
}
