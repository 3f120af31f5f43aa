import type { Hono } from "hono";
import type { Kit } from "./kit.ts";

/**
 * Something that can be mounted on an app: routes, with what they need, under one name. A part of the configuration under a
 * built-in part's name takes that one's place.
 */
export interface Part {
  readonly name: string;
  /** Adds the part's routes and middleware. Called once, after the kit's own middleware is in place. */
  mount(app: Hono, kit: Kit): void | Promise<void>;
  /** Frees what the part holds; called by `kit.close()` in reverse order of mounting. */
  close?(): void | Promise<void>;
}
