import type { Child } from "hono/jsx";
import type { ElementAttributes, Strict } from "../html/index.ts";
import { useForm } from "./form.tsx";

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** Types of the control: those of `<input>`, and the other controls of a form. */
export type FieldType =
  | "text"
  | "textarea"
  | "select"
  | "checkbox"
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
export interface FieldProps
  extends Omit<ElementAttributes<"input">, OwnAttributes>,
    Pick<ElementAttributes<"textarea">, "rows" | "cols" | "wrap"> {
  readonly name: string;
  readonly label: Child;
  /** Default: `text`. */
  readonly type?: FieldType;
  /** Initial value, if there is no old input. */
  readonly value?: string | number | null;
  /** For checkboxes: the initial state, if there is no old input. */
  readonly checked?: boolean;
  /** The choices of a `select`. */
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
  const form = useForm();
  const id = `${form.id}-${name}`;
  const texts = problems ?? form.problems[name] ?? [];
  const control = {
    ...rest,
    id,
    name,
    "aria-describedby": describedBy(id, { hint: hint !== undefined, problems: texts.length > 0 }),
    "aria-invalid": texts.length > 0 ? ("true" as const) : undefined,
  };
  const shown = form.old?.[name] ?? (value === null || value === undefined ? undefined : String(value));
  const isChecked = form.old ? form.old[name] !== undefined : checked === true;
  return (
    <div class="bk-field">
      <label for={id}>
        {type === "checkbox" ? (
          <input {...control} type="checkbox" value={String(value ?? "on")} checked={isChecked} />
        ) : null}
        {label}
      </label>
      {type === "checkbox" ? null : <Control type={type} shown={shown} options={options ?? []} attributes={control} />}
      {hint === undefined ? null : (
        <p class="bk-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldProblems id={`${id}-problem`} texts={texts} />
    </div>
  );
}

interface ControlProps {
  readonly type: string;
  readonly shown: string | undefined;
  readonly options: readonly FieldOption[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

function Control({ type, shown, options, attributes }: ControlProps) {
  // HTML parsers drop a newline right after the start tag.
  if (type === "textarea") return <textarea {...attributes}>{`\n${shown ?? ""}`}</textarea>;
  if (type === "select") {
    return (
      <select {...attributes}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === shown}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  const isKept = type !== "password" && type !== "file";
  return <input {...attributes} type={type} value={isKept ? shown : undefined} />;
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
