import { renderButtonTag } from "./button.tsx";
import { renderCardTag } from "./card.tsx";
import { renderDropdownTag } from "./dropdown.tsx";
import { createRegistry, type Registry, type RegistryOptions } from "./registry.ts";

/** Creates a registry with the built-in components `bk-button`, `bk-card` and `bk-dropdown`. */
export function createComponents(options: RegistryOptions = {}): Registry {
  const registry = createRegistry(options);
  registry.register("bk-button", renderButtonTag);
  registry.register("bk-card", renderCardTag);
  registry.register("bk-dropdown", renderDropdownTag);
  return registry;
}
