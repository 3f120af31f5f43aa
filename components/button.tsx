import { type ElementAttributes, type Html, type Strict, safeUrl } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

/** Attributes of the button or link, and of htmx, are passed on. */
export interface ButtonProps extends Omit<ElementAttributes<"button">, "type">, LinkAttributes {
  /** `primary` stands out, `danger` warns (default: `secondary`). */
  readonly variant?: "primary" | "secondary" | "danger";
  /** Renders a link that looks like a button. */
  readonly href?: string;
  /** Default: `button`, so that it never submits a form by accident. */
  readonly type?: "button" | "submit" | "reset";
  readonly children?: Html;
}

type LinkAttributes = Pick<ElementAttributes<"a">, "download" | "hreflang" | "referrerpolicy" | "target">;

/** A button, or a link that looks like one if it has an `href`. */
export function Button<Props extends ButtonProps>(props: Strict<Props, ButtonProps>) {
  const { variant, href, type, children, ...rest }: ButtonProps = props;
  return renderButton({ variant, href, type, children, rest });
}

/** `<bk-button variant="primary" href="/x">Text</bk-button>`: takes the props of `Button` and passes on all other attributes. */
export const renderButtonTag: ComponentRenderer = ({ attributes, children }) => {
  const { variant, href, type, ...rest } = attributes;
  return renderButton({ variant: knownVariant(variant), href, type: knownType(type), children, rest });
};

interface ButtonParts {
  readonly variant: ButtonProps["variant"];
  readonly href: string | undefined;
  readonly type: ButtonProps["type"];
  readonly children: Html;
  readonly rest: Readonly<Record<string, unknown>>;
}

function renderButton({ variant = "secondary", href, type = "button", children, rest }: ButtonParts) {
  const { class: extra, ...others } = rest;
  const classes = ["bk-button", `bk-button-${variant}`, extra]
    .filter((name) => typeof name === "string" && name !== "")
    .join(" ");
  if (href !== undefined) {
    return (
      <a {...others} class={classes} href={safeUrl(href)}>
        {children}
      </a>
    );
  }
  return (
    <button {...others} class={classes} type={type}>
      {children}
    </button>
  );
}

function knownVariant(value: string | undefined): ButtonProps["variant"] {
  return value === "primary" || value === "danger" ? value : "secondary";
}

function knownType(value: string | undefined): ButtonProps["type"] {
  return value === "submit" || value === "reset" ? value : "button";
}
