import type { Kit } from "buffkit";
import { BoardHead } from "./board-head.tsx";
import { boardOf } from "./paths.ts";

/** Watches who has a board open. That isn't in the database, so the region that shows it is told. */
export function boardPresence(kit: () => Kit) {
  return {
    watches: (topic: string) => boardOf(topic) !== null,
    async onChange({ topic }: { readonly topic: string }) {
      const board = boardOf(topic);
      if (board !== null) await kit().live.changed(BoardHead, { board });
    },
  };
}
