import { KitError } from "../base/index.ts";

export function nameInvalid(facts: { name: unknown }): KitError {
  return new KitError({
    code: "LIVE_NAME_INVALID",
    message: `A live region can't have the name ${JSON.stringify(facts.name)}.`,
    hint: 'Use 1 to 60 lower-case letters, digits and hyphens, starting with a letter, such as "item-list".',
  });
}

export function regionTaken(facts: { name: string; parts: readonly string[] }): KitError {
  return new KitError({
    code: "LIVE_NAME_TAKEN",
    message: `There are two live regions with the name ${JSON.stringify(facts.name)}, in the parts ${facts.parts.join(" and ")}.`,
    hint: "Rename one of them.",
  });
}

export function regionUnlisted(facts: { name: string }): KitError {
  return new KitError({
    code: "LIVE_REGION_UNLISTED",
    message: `No part lists the live region ${JSON.stringify(facts.name)}, so pages that show it couldn't be updated.`,
    hint: "Add it to its part: { name: …, live: [TheRegion], mount(app) { … } }.",
  });
}

export function outsidePage(facts: { name: string }): KitError {
  return new KitError({
    code: "LIVE_OUTSIDE_PAGE",
    message: `The live region ${JSON.stringify(facts.name)} was rendered outside of a request.`,
    hint: "Render it with c.render in a handler of an app that `wire` built, not in a broadcast or a mail.",
  });
}

export function paramsInvalid(facts: { name: string; problems: string }): KitError {
  return new KitError({
    code: "LIVE_PARAMS_INVALID",
    message: `The live region ${JSON.stringify(facts.name)} was given something that doesn't fit its params: ${facts.problems}`,
    hint: "Check what comes from the URL before you pass it on, for example with orNotFound.",
    status: 400,
  });
}

export function notGranted(facts: { name: string }): KitError {
  return new KitError({
    code: "LIVE_NOT_GRANTED",
    message: `The live region ${JSON.stringify(facts.name)} was rendered for somebody who may not see it.`,
    hint: "Put a guard before the route, or render the region only if the visitor may see it.",
    status: 403,
  });
}

export function audienceUnknown(facts: { name: string; answer: unknown; audiences: readonly string[] }): KitError {
  return new KitError({
    code: "LIVE_AUDIENCE_UNKNOWN",
    message: `grant of the live region ${JSON.stringify(facts.name)} answered ${JSON.stringify(facts.answer)}, which is none of its audiences (${facts.audiences.join(", ") || "it has none"}).`,
    hint: "Return one of `audiences`, or false.",
  });
}

/** For a sealed value that is shown without `reveal`. */
export function privateShown(facts: { audience: string }): KitError {
  return new KitError({
    code: "LIVE_PRIVATE_SHOWN",
    message: `Something was to be shown that is sealed for the audience ${JSON.stringify(facts.audience)}.`,
    hint: "Open it with `reveal` of `render`: render: (ticket, { reveal }) => <p>{reveal(ticket.note)}</p>. It is null for other audiences.",
  });
}
