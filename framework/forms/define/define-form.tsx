import type { Context, Env } from "hono";
import type { StandardSchema } from "../../base/index.ts";
import type { Html, Strict } from "../../html/index.ts";
import { invalidFormId } from "../errors.ts";
import type { FieldValue, FormProps } from "../fields/form.tsx";
import type { OldInput, OutputOf, wholeForm } from "../input/read-form.ts";
import { fieldNames, hasFileField } from "../input/schema-shape.ts";
import type { FormAnswer, FormRefused, RefuseOptions } from "./answers.ts";
import { FormElement } from "./form-element.tsx";
import { createFields, type FormFields } from "./form-fields.tsx";
import { handlePost } from "./handle-post.tsx";

/** The names of a schema's fields. Schemas that don't expose their fields allow any name. */
export type FieldNames<Schema extends StandardSchema> =
  Schema extends StandardSchema<infer Input, unknown> ? (unknown extends Input ? string : NamesOf<Input>) : string;

/** Of a union, the names of all options. */
type NamesOf<Input> = Input extends unknown ? keyof Input & string : never;

export interface FormDefinition<Schema extends StandardSchema, Given> {
  /** What the form accepts: zod or any Standard Schema. */
  readonly schema: Schema;
  /**
   * The markup inside the form. `given` is what was passed to `<….Form given={…}>`, such as the options of a select. Leave `fields` out
   * for single buttons, and use only `handle`: its responses show no form, and problems are shown as messages.
   */
  readonly fields?: (f: FormFields<FieldNames<Schema>>, given: Given) => Html;
}

/** Attributes of the form, and of htmx, are passed on. */
export interface DefinedFormProps<Name extends string>
  extends Omit<FormProps, "method" | "problems" | "old" | "children"> {
  /** The id of the form element. Default: made from `action`. Set it if a page has two forms with the same `action`. */
  readonly id?: string;
  /** The values to edit. A form with values keeps showing them after it's saved; others are emptied. */
  readonly values?: { readonly [Key in Name]?: FieldValue };
}

/** `given` is required if the fields use it. */
export type GivenProps<Given> = undefined extends Given ? { readonly given?: Given } : { readonly given: Given };

/** What a handler gets: the valid data, and the request. */
export interface FormInput<Data, E extends Env, Path extends string> {
  readonly data: Data;
  readonly c: Context<E, Path>;
}

/** Loads `given` for a form that is shown again. `old` is the submitted input. */
export type ReadGiven<Given> = (c: Context, old: OldInput) => Given | Promise<Given>;

/** What `form` returns: the markup, and the handler that goes with it. */
export interface DefinedForm<Schema extends StandardSchema, Given> {
  /** The form in a page: `<noteForm.Form action="/notes" />`. */
  Form<Props extends DefinedFormProps<FieldNames<Schema>> & GivenProps<Given>>(
    props: Strict<Props, DefinedFormProps<FieldNames<Schema>> & GivenProps<Given>>,
  ): ReturnType<typeof FormElement>;
  /**
   * The handler for the form's route. `accept` is called with valid data only, and just once for a duplicate post; it returns `done()` or
   * `refuse()`. If the fields use `given`, a second function loads it when the form is shown again.
   */
  handle<E extends Env = { Variables: Record<never, never> }, Path extends string = string>(
    accept: (input: FormInput<OutputOf<Schema>, E, Path>) => FormAnswer | Promise<FormAnswer>,
    ...given: undefined extends Given ? [readGiven?: ReadGiven<Given>] : [readGiven: ReadGiven<Given>]
  ): (c: Context<E, Path>) => Promise<Response>;
  /** Refuses data that the schema accepted, for what only the handler knows: `return noteForm.refuse({ text: "Taken." })`. */
  refuse(
    problems: {
      readonly [Key in FieldNames<Schema> | typeof wholeForm]?: string | readonly string[];
    },
    options?: RefuseOptions,
  ): FormRefused;
}

/**
 * Defines a form once: what it accepts, and its fields. `Form` shows it and `handle` handles it, in all cases: valid or not, with htmx or
 * without. The result keeps no state, so define it at the top of a file.
 */
export function form<Schema extends StandardSchema, Given = undefined>(
  definition: FormDefinition<Schema, Given>,
): DefinedForm<Schema, Given> {
  const { schema, fields } = definition;
  const isMultipart = hasFileField(schema);
  const f = createFields<FieldNames<Schema>>({ names: fieldNames(schema), isMultipart });
  const blueprint = { schema, fields, f, isMultipart };
  return {
    Form(props) {
      const { id, values, given, ...attributes }: DefinedFormProps<FieldNames<Schema>> & { readonly given?: Given } =
        props;
      // The type of the props requires `given` unless it may be undefined.
      const shown = { problems: {}, sent: undefined, values, keeps: values !== undefined, given: given as Given };
      return (
        <FormElement
          form={blueprint}
          shown={{ ...shown, id: id === undefined ? idFor(attributes.action) : checkId(id) }}
          attributes={attributes}
        />
      );
    },
    handle(accept, ...[readGiven]) {
      return (c) =>
        handlePost<FieldNames<Schema>, Given>(c, {
          form: blueprint,
          // The schema of the form has validated the data.
          accept: async (data) => accept({ data: data as OutputOf<Schema>, c }),
          // As above, it is only missing if `given` may be undefined.
          readGiven: async (old) => (readGiven ? readGiven(c, old) : (undefined as Given)),
        });
    },
    refuse(problems, options = {}) {
      const lists = Object.entries<string | readonly string[] | undefined>(problems).map(
        ([name, texts]) => [name, texts === undefined ? [] : [texts].flat()] as const,
      );
      const given = Object.fromEntries(lists.filter(([, texts]) => texts.length > 0));
      return { outcome: "refused", problems: given, options };
    },
  };
}

/** The id of a form without one of its own. */
export function idFor(action: string): string {
  const path = action.split(/[?#]/)[0] ?? "";
  const words = ["form", ...path.split("/").filter((part) => part !== "")].join("-");
  // Letters outside ASCII as numbers, so that pages in other scripts have ids of their own.
  return words.replace(/[^\w-]/gu, (sign) => (sign < "\x80" ? "-" : (sign.codePointAt(0) ?? 0).toString(36)));
}

function checkId(id: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(id)) throw invalidFormId({ id });
  return id;
}
