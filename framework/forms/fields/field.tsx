import type { Child } from "hono/jsx";
import type { ElementAttributes, Strict } from "../../html/index.ts";
import { Choices } from "./choices.tsx";
import { type FieldOption, isShownChecked, shownText, shownValues } from "./field-values.ts";
import { type FormState, useForm } from "./form.tsx";

/** Types of the control: those of `<input>`, and the other controls of a form. */
export type FieldType =
  | "text"
  | "textarea"
  | "select"
  | "checkbox"
  | "radio"
  | "color"
  | "date"
  | "datetime-local"
  | "email"
  | "file"
  | "month"
  | "number"
  | "password"
  | "range"
  | "search"
  | "tel"
  | "time"
  | "url"
  | "week";

type OwnAttributes = "id" | "name" | "type" | "value" | "checked" | "label";

/** Attributes of the control, and of htmx, are passed on: `required`, `autocomplete`, `minlength` … */
export interface FieldProps<Name extends string = string>
  extends Omit<ElementAttributes<"input">, OwnAttributes>,
    Pick<ElementAttributes<"textarea">, "rows" | "cols" | "wrap"> {
  readonly name: Name;
  readonly label: Child;
  /** Default: `text`. */
  readonly type?: FieldType;
  /** Initial value, if there is no old input. */
  readonly value?: string | number | null;
  /** For a single checkbox: the initial state, if there is no old input. */
  readonly checked?: boolean;
  /** The choices of a `select` or `radio`. With a `checkbox`, several can be checked. */
  readonly options?: readonly FieldOption[];
  /** Help text, which screen readers read out with the control. */
  readonly hint?: Child;
  /** Replaces the problems that the surrounding `<Form>` has for this name. */
  readonly problems?: readonly string[];
}

/**
 * A labeled control. It shows the previous input (never for passwords and files) and its problems, which `aria-describedby` and
 * `aria-invalid` connect to the control so that screen readers read them out.
 */
export function Field<Props extends FieldProps>(props: Strict<Props, FieldProps>) {
  const { name, label, type = "text", value, checked, options, hint, problems, ...rest }: FieldProps = props;
  const state = useForm();
  // A disabled control sends nothing, whatever it shows.
  const form = rest.disabled === true ? withoutSent(state) : state;
  const isOneBox = (type === "checkbox" || type === "radio") && options === undefined;
  const id = isOneBox && value != null ? `${form.id}-${name}-${idPart(String(value))}` : `${form.id}-${name}`;
  const texts = problems ?? problemsOf(form, name);
  const isFocused = form.onField?.({ name, type, isWrong: texts.length > 0 }) ?? false;
  const control = {
    ...rest,
    ...(isFocused ? { autofocus: true } : {}),
    id,
    name,
    "aria-describedby": describedBy(id, { hint: hint !== undefined, problems: texts.length > 0 }),
    "aria-invalid": texts.length > 0 ? ("true" as const) : undefined,
  };
  const notes = (
    <>
      {hint === undefined ? null : (
        <p class="bk-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldProblems id={`${id}-problem`} texts={texts} />
    </>
  );
  if (options && (type === "radio" || type === "checkbox")) {
    const shown = shownValues(form, { name, value, isList: true });
    return (
      <Choices type={type} label={label} options={options} shown={shown} attributes={control}>
        {notes}
      </Choices>
    );
  }
  if (isOneBox) {
    const own = String(value ?? "on");
    return (
      <div class="bk-field">
        <label for={id}>
          <input {...control} type={type} value={own} checked={isShownChecked(form, { name, own, checked })} />
          {label}
        </label>
        {notes}
      </div>
    );
  }
  return (
    <div class="bk-field">
      <label for={id}>{label}</label>
      {type === "textarea" ? (
        // HTML parsers drop a newline right after the start tag.
        <textarea {...control}>{`\n${shownText(form, { name, value }) ?? ""}`}</textarea>
      ) : type === "select" ? (
        <Select
          attributes={control}
          options={options ?? []}
          shown={shownValues(form, { name, value, isList: rest.multiple === true })}
        />
      ) : (
        <input {...control} type={type} value={isRemembered(type) ? shownText(form, { name, value }) : undefined} />
      )}
      {notes}
    </div>
  );
}

interface SelectProps {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly options: readonly FieldOption[];
  readonly shown: readonly string[];
}

function Select({ attributes, options, shown }: SelectProps) {
  return (
    <select {...attributes}>
      {groupsOf(options).map(({ group, members }) =>
        group === undefined ? (
          <Options options={members} shown={shown} />
        ) : (
          <optgroup label={group}>
            <Options options={members} shown={shown} />
          </optgroup>
        ),
      )}
    </select>
  );
}

function Options({ options, shown }: Pick<SelectProps, "options" | "shown">) {
  return (
    <>
      {options.map(({ value, label, disabled }) => (
        <option value={value} selected={shown.includes(value)} disabled={disabled === true}>
          {label}
        </option>
      ))}
    </>
  );
}

/** Neighbors with the same group are in one. */
function groupsOf(options: readonly FieldOption[]) {
  const groups: { readonly group: string | undefined; readonly members: FieldOption[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.members.push(option);
    else groups.push({ group: option.group, members: [option] });
  }
  return groups;
}

/** Those of the field and of its entries, such as `tags.0`. The names of lists may end in `[]`. */
function problemsOf({ problems }: FormState, name: string): readonly string[] {
  const base = name.replace(/\[\]$/, "");
  const texts = Object.entries(problems).filter(
    ([path]) => path === name || path === base || path.startsWith(`${base}.`),
  );
  return [...new Set(texts.flatMap(([, list]) => list))];
}

function withoutSent({ sent, ...state }: FormState): FormState {
  return state;
}

/** A value as part of an id: boxes with the same name have different ids, so that each has its own label. */
function idPart(value: string): string {
  return value.replace(/[^\w-]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}`);
}

function isRemembered(type: string): boolean {
  return type !== "password" && type !== "file";
}

function FieldProblems({ id, texts }: { id: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <p class="bk-problem" id={id}>
      {texts.join(" ")}
    </p>
  );
}

function describedBy(id: string, has: { hint: boolean; problems: boolean }): string | undefined {
  const ids = [has.problems ? `${id}-problem` : "", has.hint ? `${id}-hint` : ""].filter((part) => part !== "");
  return ids.length > 0 ? ids.join(" ") : undefined;
}
