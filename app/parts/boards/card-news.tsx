import { live, Partial, RequireVerifiedEmail } from "buffkit";
import { z } from "zod";
import type { Card } from "./queries.ts";

/** Tells someone who is editing a version of a card that others edit it too, or have saved or deleted it. */
export const CardNews = live({
  name: "card-news",
  params: z.object({ board: z.string(), card: z.string(), version: z.number() }),
  // Nobody is told what they did themselves.
  audience: "person",
  grant: RequireVerifiedEmail,
  async load({ db, userId }, { board, card, version }) {
    const row = await db
      .selectFrom("cards")
      .leftJoin("users", "users.id", "cards.changed_by")
      .select(["cards.version", "cards.changed_by", "users.name"])
      .where("cards.board_id", "=", board)
      .where("cards.id", "=", card)
      .executeTakeFirst();
    if (!row) return "Someone deleted this card. Your text is still here; save it to add it as a new card.";
    if (row.version <= version || row.changed_by === userId) return null;
    return `${row.name ?? "Someone"} just saved this card. If you save too, you’ll see both versions.`;
  },
  render: (news, { params: { card } }) =>
    news ? (
      <p class="notice notice-warning">{news}</p>
    ) : (
      <p id="other-editors" class="editor-news" data-editing={card} hx-morph-skip-children />
    ),
});

// Repeated while someone is editing; goes away on its own when it isn't.
const noticeMs = 15_000;

/**
 * "Ann is editing": on the card, and in the dialogs of others who have it open. A broadcast and not a region, because nothing is saved: a
 * browser that is gone stops saying it.
 */
export function EditingNotice({ card, name }: { readonly card: Card; readonly name: string }) {
  return (
    <Partial target={`[data-editing="${card.id}"]`} swap="innerHTML">
      <span class="hint-live" data-dismiss-after={noticeMs}>
        {name} is editing
      </span>
    </Partial>
  );
}
