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

export function textWithNul(): KitError {
  return new KitError({
    code: "FORMS_TEXT_WITH_NUL",
    message: "A text contains a NUL character, which isn't allowed.",
    hint: "Leave it out; in JSON it is written as \\u0000. For bytes, send a file.",
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

export function formsNotInstalled(): KitError {
  return new KitError({
    code: "FORMS_NOT_INSTALLED",
    message: "A form was shown or handled, but the formPosts() middleware hasn't handled this request.",
    hint: "Use an app that wire() has set up, and add the routes after it.",
  });
}

export function unknownField(facts: { name: string; names: readonly string[] }): KitError {
  return new KitError({
    code: "FORMS_UNKNOWN_FIELD",
    message: `The form shows the field ${JSON.stringify(facts.name)}, but its schema has only ${facts.names.join(", ")}.`,
    hint: "Correct the name, or add the field to the schema.",
  });
}

export function unsentFile(facts: { name: string }): KitError {
  return new KitError({
    code: "FORMS_FILE_NOT_SENT",
    message: `The field ${JSON.stringify(facts.name)} is a file, but not in the form's schema, so browsers would only send the file's name.`,
    hint: "In the schema, use fileField() or filesField() for it.",
  });
}

export function invalidFormId(facts: { id: string }): KitError {
  return new KitError({
    code: "FORMS_INVALID_ID",
    message: `${JSON.stringify(facts.id)} can't be the id of a form: use a letter, then letters, digits, "-" and "_".`,
    hint: 'Put a word in front of it, such as "note-" in front of the id of a row.',
  });
}

export function noFormAnswer(facts: { path: string }): KitError {
  return new KitError({
    code: "FORMS_NO_ANSWER",
    message: `The handler of the form at ${facts.path} returned nothing.`,
    hint: "Return done() if the form was accepted, or the form's refuse() with the problems.",
  });
}
