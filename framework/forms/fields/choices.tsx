import type { Child } from "hono/jsx";
import type { FieldOption } from "./field-values.ts";

export interface ChoicesProps {
  readonly type: "radio" | "checkbox";
  readonly label: Child;
  readonly options: readonly FieldOption[];
  /** The selected choices. */
  readonly shown: readonly string[];
  /** Of the field: its id, and what describes it, go to the group. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The hint and the problems. */
  readonly children?: Child;
}

/** One control per choice, in a group with the field's label. */
export function Choices({ type, label, options, shown, attributes, children }: ChoicesProps) {
  const { id, autofocus, "aria-describedby": describedBy, "aria-invalid": invalid, ...rest } = attributes;
  return (
    <fieldset
      class="bk-field bk-choices"
      id={typeof id === "string" ? id : undefined}
      role={type === "radio" ? "radiogroup" : undefined}
      aria-describedby={describedBy}
      aria-invalid={type === "radio" ? invalid : undefined}
    >
      <legend>{label}</legend>
      {options.map((option, index) => (
        <label>
          <input
            {...rest}
            type={type}
            id={`${id}-${index + 1}`}
            value={option.value}
            checked={shown.includes(option.value)}
            disabled={option.disabled === true || rest.disabled === true}
            autofocus={index === 0 && autofocus === true}
            aria-invalid={type === "checkbox" ? invalid : undefined}
          />
          {option.label}
        </label>
      ))}
      {children}
    </fieldset>
  );
}
