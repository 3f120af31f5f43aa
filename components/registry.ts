import type { ComponentRenderer } from "./component.ts";
import { invalidName } from "./errors.ts";
import { expandTags } from "./expand-tags.ts";

export interface RegistryOptions {
  /** Adds comments around components, so that the browser's tools show where markup comes from (default: false). */
  readonly dev?: boolean;
}

/** The components behind `<bk-…>` tags. */
export interface Registry {
  /** Adds a component as `bk-card`, or `card` for short. Replaces an earlier one with that name. Throws `COMPONENTS_INVALID_NAME`. */
  register(name: string, renderer: ComponentRenderer): void;
  /** Whether a tag such as `bk-card` (or `card`) is registered. */
  has(name: string): boolean;
  /** The registered tags, sorted. */
  names(): string[];
  /**
   * Expands the registered tags in rendered markup, including those that components render. Everything else stays byte for
   * byte. Returns a string right away unless a component is asynchronous.
   */
  expand(html: string): string | Promise<string>;
}

/** Creates an empty registry. `createComponents` creates one with the built-in components. */
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
