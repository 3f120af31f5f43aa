export { Button, type ButtonProps } from "./button.tsx";
export { Card, type CardProps } from "./card.tsx";
export type { ComponentInput, ComponentRenderer } from "./component.ts";
export { componentExpansion } from "./component-expansion.ts";
export { createComponents } from "./create-components.ts";
export {
  Dialog,
  DialogClose,
  type DialogCloseProps,
  DialogLink,
  type DialogLinkProps,
  type DialogProps,
} from "./dialog.tsx";
export { Dropdown, type DropdownProps } from "./dropdown.tsx";
export { createRegistry, type Registry, type RegistryOptions } from "./registry.ts";
