import { createHmac } from "node:crypto";
import { isSameSecret } from "../../base/index.ts";
import type { Signer } from "../../secure/index.ts";
import { type EventId, parseEventId } from "../event/wire-format.ts";

/*
 * A page cursor is `<id>.<key>`. The key never leaves the server: it makes a proof for the topics that a page is rendered with, and the
 * page's stream asks for `<id>.<proof>`. Another page, or an id alone, is not enough to make one.
 */

const purpose = "page cursor";

/** The cursor with the key that proves the topics of a page. */
export function formatPageCursor(cursor: string, signer: Pick<Signer, "mac">): string {
  return `${cursor}.${signer.mac(cursor, purpose)}`;
}

/** What a page with these topics sends as `since`. Without a key, and without topics, it's the cursor alone. */
export function proveTopics(pageCursor: string, topics: readonly string[]): string {
  const [cursor = "", key] = pageCursor.split(".");
  return key === undefined || topics.length === 0 ? cursor : `${cursor}.${proofOf(topics, key)}`;
}

/** The cursor without its proof. */
export function cursorIn(since: string): string {
  return since.split(".", 1)[0] ?? "";
}

/** Where in the order the server rendered a page for these topics, so that its visitor was allowed to see them; null if nothing proves it. */
export function readProof(
  since: string | undefined,
  topics: readonly string[],
  signer: Pick<Signer, "mac">,
): EventId | null {
  const [cursor = "", proof] = since?.split(".") ?? [];
  const id = parseEventId(cursor);
  if (id === null || proof === undefined) return null;
  return isSameSecret(proof, proofOf(topics, signer.mac(cursor, purpose))) ? id : null;
}

/** Topics hold no control characters. */
function proofOf(topics: readonly string[], key: string): string {
  const names = [...new Set(topics)].sort().join("\u0001");
  return createHmac("sha256", key).update(names).digest("base64url");
}
