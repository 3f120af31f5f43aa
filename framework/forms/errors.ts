import { KitError } from "../base/index.ts";

export function malformedBody(facts: { contentType: string; cause?: unknown }): KitError {
  return new KitError({
    code: "FORMS_MALFORMED_BODY",
    message: `The request body couldn't be parsed as ${facts.contentType}.`,
    hint: "Send a complete form, or a JSON object.",
    status: 400,
    cause: facts.cause,
  });
}

export function unsupportedBody(facts: { contentType: string }): KitError {
  return new KitError({
    code: "FORMS_UNSUPPORTED_BODY",
    message: `The request body has the type ${JSON.stringify(facts.contentType)}, expected a form or a JSON object.`,
    status: 415,
  });
}

export function tooManyFields(facts: { maxFields: number }): KitError {
  return new KitError({
    code: "FORMS_TOO_MANY_FIELDS",
    message: `The form has more than ${facts.maxFields} values.`,
    hint: "Send this much data in several requests, or as a file.",
    status: 400,
  });
}

export function missingFlash(): KitError {
  return new KitError({
    code: "FORMS_FLASH_NOT_INSTALLED",
    message: "A flash message was set or taken, but the flash() middleware hasn't handled this request.",
    hint: "Add app.use(flash({ signer })) before the routes. wire() does this for you.",
  });
}
