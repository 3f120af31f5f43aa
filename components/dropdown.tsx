import type { Html } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

export interface DropdownProps {
  /** The text or markup of the button. */
  readonly label: Html;
  /** Only one dropdown of a group is open at a time. */
  readonly group?: string;
  /** The content of the panel: links, buttons, anything. */
  readonly children?: Html;
  /** Any other attributes, including htmx's. */
  readonly [attribute: string]: unknown;
}

/**
 * A button that opens a panel. It is a `<details>` element, so Enter and Space open and close it, Tab moves through the panel, and
 * it works without JavaScript. It has no menu role, so screen readers announce its links as links.
 */
export function Dropdown({ label, group, class: extra, children, ...rest }: DropdownProps) {
  return (
    <details {...rest} class={typeof extra === "string" ? `bk-dropdown ${extra}` : "bk-dropdown"} name={group}>
      <summary class="bk-dropdown-label">{label}</summary>
      <div class="bk-dropdown-panel">{children}</div>
    </details>
  );
}

/** `<bk-dropdown label="…" group="…">`; the named slot `label` can have markup. Passes on all other attributes. */
export const renderDropdownTag: ComponentRenderer = ({ attributes, children, slot }) => {
  const { label, group, ...rest } = attributes;
  return (
    <Dropdown {...rest} label={slot("label") ?? label ?? "More"} group={group}>
      {children}
    </Dropdown>
  );
};
