import type { ElementAttributes, Html, Strict } from "../../html/index.ts";
import { unknownField, unsentFile } from "../errors.ts";
import { Field, type FieldProps } from "../fields/field.tsx";
import { shownText } from "../fields/field-values.ts";
import { useForm } from "../fields/form.tsx";

/** Attributes of the button, and of htmx, are passed on. */
export interface SubmitProps extends Omit<ElementAttributes<"button">, "type"> {
  readonly children?: Html;
}

/** A value that the form sends along, but doesn't show. */
export interface HiddenProps<Name extends string = string> {
  readonly name: Name;
  readonly value?: string | number;
}

/** The fields of a form, whose names are those of its schema. */
export interface FormFields<Name extends string> {
  /** A labeled control with its value and its problems; see `Field`. */
  Field<Props extends FieldProps<Name>>(props: Strict<Props, FieldProps<Name>>): ReturnType<typeof Field>;
  /** The button that sends the form. */
  Submit<Props extends SubmitProps>(props: Strict<Props, SubmitProps>): ReturnType<typeof Field>;
  /** A value that the form sends along, but doesn't show. It keeps what was sent. */
  Hidden<Props extends HiddenProps<Name>>(props: Strict<Props, HiddenProps<Name>>): ReturnType<typeof Field>;
}

/** `names` are those of the schema, if it tells. */
export function createFields<Name extends string>(options: {
  readonly names: readonly string[] | undefined;
  readonly isMultipart: boolean;
}): FormFields<Name> {
  const { names, isMultipart } = options;

  function check(name: string): void {
    if (names && !names.includes(name)) throw unknownField({ name, names });
  }

  return {
    Field(props) {
      const known: FieldProps<Name> = props;
      check(known.name);
      if (known.type === "file" && !isMultipart) throw unsentFile({ name: known.name });
      return <Field {...known} />;
    },
    Submit(props) {
      const { children, ...rest }: SubmitProps = props;
      return (
        <button {...rest} type="submit">
          {children}
        </button>
      );
    },
    Hidden(props) {
      const { name, value }: HiddenProps<Name> = props;
      check(name);
      const form = useForm();
      const kept = form.hidden?.[name]?.at(-1);
      return <input type="hidden" name={name} value={kept ?? shownText(form, { name, value })} />;
    },
  };
}
