import { type Html, safeUrl } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

export interface ButtonProps {
  /** `primary` stands out, `danger` warns (default: `secondary`). */
  readonly variant?: "primary" | "secondary" | "danger";
  /** Renders a link that looks like a button. */
  readonly href?: string;
  /** Default: `button`, so that it never submits a form by accident. */
  readonly type?: "button" | "submit" | "reset";
  readonly children?: Html;
  /** Any other attributes, including htmx's. */
  readonly [attribute: string]: unknown;
}

/** A button, or a link that looks like one if it has an `href`. */
export function Button({ variant = "secondary", href, type = "button", class: extra, children, ...rest }: ButtonProps) {
  const classes = ["bk-button", `bk-button-${variant}`, extra]
    .filter((name) => typeof name === "string" && name !== "")
    .join(" ");
  if (href !== undefined) {
    return (
      <a {...rest} class={classes} href={safeUrl(href)}>
        {children}
      </a>
    );
  }
  return (
    <button {...rest} class={classes} type={type}>
      {children}
    </button>
  );
}

/** `<bk-button variant="primary" href="/x">Text</bk-button>`: takes the props of `Button` and passes on all other attributes. */
export const renderButtonTag: ComponentRenderer = ({ attributes, children }) => {
  const { variant, href, type, ...rest } = attributes;
  return (
    <Button {...rest} variant={knownVariant(variant)} href={href} type={knownType(type)}>
      {children}
    </Button>
  );
};

function knownVariant(value: string | undefined): ButtonProps["variant"] {
  return value === "primary" || value === "danger" ? value : "secondary";
}

function knownType(value: string | undefined): ButtonProps["type"] {
  return value === "submit" || value === "reset" ? value : "button";
}
