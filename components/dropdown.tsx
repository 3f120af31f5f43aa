import type { ElementAttributes, Html, Strict } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

/** Attributes of the element, and of htmx, are passed on. */
export interface DropdownProps extends ElementAttributes<"details"> {
  /** The text or markup of the button. */
  readonly label: Html;
  /** Only one dropdown of a group is open at a time. */
  readonly group?: string;
  /** The content of the panel: links, buttons, anything. */
  readonly children?: Html;
}

/**
 * A button that opens a panel. It is a `<details>` element, so Enter and Space open and close it, Tab moves through the panel, and
 * it works without JavaScript. It has no menu role, so screen readers announce its links as links.
 */
export function Dropdown<Props extends DropdownProps>(props: Strict<Props, DropdownProps>) {
  const { label, group, children, ...rest }: DropdownProps = props;
  return renderDropdown({ label, group, children, rest });
}

/** `<bk-dropdown label="…" group="…">`; the named slot `label` can have markup. Passes on all other attributes. */
export const renderDropdownTag: ComponentRenderer = ({ attributes, children, slot }) => {
  const { label, group, ...rest } = attributes;
  return renderDropdown({ label: slot("label") ?? label ?? "More", group, children, rest });
};

interface DropdownParts extends Pick<DropdownProps, "label" | "children"> {
  readonly group: string | undefined;
  readonly rest: Readonly<Record<string, unknown>>;
}

function renderDropdown({ label, group, children, rest }: DropdownParts) {
  const { class: extra, ...others } = rest;
  return (
    <details {...others} class={typeof extra === "string" ? `bk-dropdown ${extra}` : "bk-dropdown"} name={group}>
      <summary class="bk-dropdown-label">{label}</summary>
      <div class="bk-dropdown-panel">{children}</div>
    </details>
  );
}
