import { type Html, safeUrl } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

export interface ButtonProps {
  /** `primary` stands out, `danger` warns; `secondary` unless given. */
  readonly variant?: "primary" | "secondary" | "danger";
  /** Makes it a link that looks like a button. */
  readonly href?: string;
  /** Type of a real button; `button` unless given, so that it never sends a form by accident. */
  readonly type?: "button" | "submit" | "reset";
  readonly children?: Html;
  /** Further attributes, those of htmx included. */
  readonly [attribute: string]: unknown;
}

/** A button, or with `href` a link that looks like one. */
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

/** `<bk-button variant="primary" href="/x">Text</bk-button>`: the attributes are those of `Button`, all others are passed on. */
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
