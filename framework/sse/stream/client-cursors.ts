import type { Context } from "hono";
import type { BrokerSettings } from "../broker-options.ts";
import type { EventLog } from "../delivery/event-log.ts";
import { separateProcesses } from "../errors.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/wire-format.ts";
import { cursorIn } from "./page-cursor.ts";
import type { ClientCursor } from "./stream-lifecycle.ts";

/** Reads where clients stopped, and notices when another process must have told them. */
export class ClientCursors {
  readonly #settings: Pick<BrokerSettings, "backplane" | "log">;
  readonly #log: EventLog;
  #hasWarnedOfOthers = false;

  constructor(settings: Pick<BrokerSettings, "backplane" | "log">, log: EventLog) {
    this.#settings = settings;
    this.#log = log;
  }

  /** The cursor of a request, once this node has received as much, if it can. */
  async read(c: Context, newestRegion: EventId | null = null): Promise<ClientCursor> {
    const { backplane } = this.#settings;
    // What the page shows may have been rendered by a node that is ahead of this one.
    if (newestRegion && compareEventIds(newestRegion, this.#log.last) > 0) await backplane.reach(newestRegion);
    const cursor = c.req.header("last-event-id") ?? cursorIn(c.req.query("since") ?? "");
    if (cursor === "") return null;
    const since = parseEventId(cursor);
    if (since === null) return "unknown";
    if (backplane.isForeign?.(since)) this.#warnOfOthers();
    // Another node may be ahead of this one.
    if (compareEventIds(since, this.#log.last) > 0) await backplane.reach(since);
    return since;
  }

  /** Once: from here on it is known. */
  #warnOfOthers(): void {
    if (this.#hasWarnedOfOthers) return;
    this.#hasWarnedOfOthers = true;
    const err = separateProcesses({ sign: "a page came here that another process has rendered" });
    this.#settings.log.error({ err }, "this app runs in processes that don't hear each other");
  }
}
