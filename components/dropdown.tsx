import type { Html } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

export interface DropdownProps {
  /** What the closed dropdown shows. */
  readonly label: Html;
  /** Dropdowns of one group close each other. */
  readonly group?: string;
  /** Links, buttons, anything. */
  readonly children?: Html;
  /** Further attributes, those of htmx included. */
  readonly [attribute: string]: unknown;
}

/**
 * A button that opens a panel. It is a `<details>` element: Enter and Space open and close it, Tab walks through the panel, and it
 * works without JavaScript. It claims no menu role, so links in it stay links to screen readers.
 */
export function Dropdown({ label, group, class: extra, children, ...rest }: DropdownProps) {
  return (
    <details {...rest} class={typeof extra === "string" ? `bk-dropdown ${extra}` : "bk-dropdown"} name={group}>
      <summary class="bk-dropdown-label">{label}</summary>
      <div class="bk-dropdown-panel">{children}</div>
    </details>
  );
}

/** `<bk-dropdown label="…" group="…">`; the named slot `label` may carry markup. All other attributes are passed on. */
export const renderDropdownTag: ComponentRenderer = ({ attributes, children, slot }) => {
  const { label, group, ...rest } = attributes;
  return (
    <Dropdown {...rest} label={slot("label") ?? label ?? "More"} group={group}>
      {children}
    </Dropdown>
  );
};
