import type { Child } from "hono/jsx";
import { useForm } from "./form.tsx";

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

export interface FieldProps {
  readonly name: string;
  readonly label: Child;
  /** Type of the input, or `textarea`, `select`, `checkbox`; `text` unless given. */
  readonly type?: string;
  /** Value shown when there is no old input. */
  readonly value?: string | number | null;
  /** For check boxes: ticked when there is no old input. */
  readonly checked?: boolean;
  /** The choices of a `select`. */
  readonly options?: readonly FieldOption[];
  /** A line of help, read out together with the label. */
  readonly hint?: Child;
  /** Overrides the problems that the surrounding `<Form>` knows for this name. */
  readonly problems?: readonly string[];
  /** Further attributes of the control: `required`, `autocomplete`, `minlength`, htmx's … */
  readonly [attribute: string]: unknown;
}

/**
 * A labelled control. It shows what the visitor typed before (never in password or file inputs), and its problems, tied to the
 * control by `aria-describedby` and `aria-invalid` so that screen readers read them out.
 */
export function Field({ name, label, type = "text", value, checked, options, hint, problems, ...rest }: FieldProps) {
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
  const isTicked = form.old ? form.old[name] !== undefined : checked === true;
  return (
    <div class="bk-field">
      <label for={id}>
        {type === "checkbox" ? (
          <input {...control} type="checkbox" value={String(value ?? "on")} checked={isTicked} />
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
  // HTML drops one line break right after the start tag.
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
