import type { LiveRegion } from "../live/index.ts";
import type { Kit } from "./kit.ts";
import type { PartApp } from "./part-app.ts";
import type { PartTopics } from "./topics/part-topics.ts";

/**
 * A piece of an app that can be mounted: routes and everything they need, under one name. A part in the configuration replaces the
 * built-in part of the same name.
 */
export interface Part {
  readonly name: string;
  /**
   * The topics that the part broadcasts to, and who may listen: `{ notes: everybody, "notes:*": RequireVerifiedEmail }`. A topic that no
   * part declares is refused. Two parts can't declare the same topic, and a pattern can't cover another part's topic.
   */
  readonly topics?: PartTopics;
  /** The live regions that the part's pages show: `[ItemList]`; see `live`. */
  readonly live?: readonly LiveRegion[];
  /** Adds the part's routes and middleware. Called once, after the kit's own middleware is mounted. */
  mount(app: PartApp, kit: Kit): void | Promise<void>;
  /** Frees the part's resources. `kit.close()` calls it, in reverse order of mounting. */
  close?(): void | Promise<void>;
}
