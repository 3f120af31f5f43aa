import { KitError } from "../framework/base/index.ts";

export function invalidName(facts: { name: string }): KitError {
  return new KitError({
    code: "COMPONENTS_INVALID_NAME",
    message: `A component was registered as ${JSON.stringify(facts.name)}, expected a name such as "bk-card" or "card".`,
    hint: "Lower-case letters, digits and dashes after the prefix; bk-slot is taken by named slots.",
  });
}

export function renderFailed(facts: { name: string; cause: unknown }): KitError {
  const reason = facts.cause instanceof Error ? facts.cause.message : String(facts.cause);
  return new KitError({
    code: "COMPONENTS_RENDER_FAILED",
    message: `The component <${facts.name}> failed: ${reason}`,
    cause: facts.cause,
  });
}

export function nestedTooDeep(facts: { name: string; maxDepth: number }): KitError {
  return new KitError({
    code: "COMPONENTS_NESTED_TOO_DEEP",
    message: `The markup of <${facts.name}> leads through more than ${facts.maxDepth} components, each in the markup of the one before.`,
    hint: "Does the component contain itself?",
  });
}
