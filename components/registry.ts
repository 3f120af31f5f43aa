import type { ComponentRenderer } from "./component.ts";
import { invalidName } from "./errors.ts";
import { expandTags } from "./expand-tags.ts";

export interface RegistryOptions {
  /** Put comments around expanded components, to see in the browser's tools where markup comes from; false unless given. */
  readonly dev?: boolean;
}

/** The components that `<bk-…>` tags stand for. */
export interface Registry {
  /** Adds a component under `bk-card` or, for short, `card`. Replaces an earlier one of that name. Throws `COMPONENTS_INVALID_NAME`. */
  register(name: string, renderer: ComponentRenderer): void;
  /** Whether a tag such as `bk-card` (or `card`) is known. */
  has(name: string): boolean;
  /** The known tags, sorted. */
  names(): string[];
  /**
   * Replaces the known tags in finished markup, those in the components' own markup too. All else stays byte for byte. The answer
   * is a string at once unless a component is asynchronous.
   */
  expand(html: string): string | Promise<string>;
}

/** An empty registry; see `createComponents` for one with the shipped components. */
export function createRegistry(options: RegistryOptions = {}): Registry {
  const renderers = new Map<string, ComponentRenderer>();
  const settings = { find: (name: string) => renderers.get(name), isMarked: options.dev ?? false };
  return {
    register(name, renderer) {
      renderers.set(checkName(name), renderer);
    },
    has: (name) => renderers.has(tagName(name)),
    names: () => [...renderers.keys()].sort(),
    expand: (html) => expandTags(html, settings),
  };
}

function tagName(name: string): string {
  return name.startsWith("bk-") ? name : `bk-${name}`;
}

function checkName(name: string): string {
  const full = tagName(name);
  if (!/^bk-[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(full) || full === "bk-slot") throw invalidName({ name });
  return full;
}
