import { Dialog, DialogClose, DialogLink, form } from "buffkit";
import { z } from "zod";
import { Ago } from "./ago.tsx";
import { CardNews } from "./card-news.tsx";
import { boardPath, cardPath } from "./paths.ts";
import type { Card } from "./queries.ts";

export const cardTitle = z
  .string()
  .trim()
  .min(1, "Enter a title for the card.")
  .max(200, "Use at most 200 characters.");
export const cardNotes = z.string().trim().max(4000, "Use at most 4,000 characters.").default("");

/** What the editor has to know besides the text that is typed. */
export interface EditedCard {
  readonly boardId: string;
  /** The card as it is now; null if someone deleted it while this person was typing. */
  readonly card: Card | null;
  /** Whether someone else saved it while this person was typing. */
  readonly isConflict?: boolean;
  readonly now: number;
}

/** The form for a card's text. `version` is the one that was shown; 0 adds a deleted card again. */
export const cardForm = form({
  schema: z.object({ title: cardTitle, notes: cardNotes, version: z.coerce.number().int().nonnegative() }),
  fields: (f, { boardId, card, isConflict, now }: EditedCard) => (
    <>
      {/* Inside the form, so that it goes when the form comes back and says more. */}
      {card ? (
        <div role="status">
          <CardNews board={boardId} card={card.id} version={card.version} />
        </div>
      ) : null}
      {card && isConflict ? <OtherVersion card={card} now={now} /> : null}
      <f.Field name="title" label="Title" maxlength={200} autocomplete="off" autofocus />
      <f.Field name="notes" type="textarea" label="Notes" maxlength={4000} rows={5} />
      {/* Not the one that was sent: after a conflict, both versions have been seen. */}
      <input type="hidden" name="version" value={String(card?.version ?? 0)} />
      <div class="actions">
        <f.Submit>{card ? (isConflict ? "Save mine instead" : "Save") : "Add as new card"}</f.Submit>
        {card && isConflict ? (
          <DialogLink class="button secondary" href={`${cardPath(card)}/edit`}>
            Use theirs
          </DialogLink>
        ) : null}
        <DialogClose href={boardPath(boardId)}>{card ? "Cancel" : "Discard"}</DialogClose>
      </div>
    </>
  ),
});

export interface CardProps {
  readonly card: Card;
  readonly now: number;
}

/** The dialog to edit a card. While it is open, others see that someone is editing. */
export function CardEditor({ card, now }: CardProps) {
  const path = cardPath(card);
  const { boardId, title, notes } = card;
  return (
    <Dialog title="Edit card">
      <cardForm.Form id="edit-card" action={path} values={{ title, notes }} given={{ boardId, card, now }} />
      <div hx-post={`${path}/editing`} hx-trigger="load, every 10s" hx-swap="none" />
    </Dialog>
  );
}

function OtherVersion({ card, now }: CardProps) {
  return (
    <blockquote id="their-version" class="their-version">
      <p class="card-title">{card.title}</p>
      {card.notes ? <p class="card-notes">{card.notes}</p> : null}
      <p class="card-meta">
        {card.changedBy ?? "Former member"} · <Ago at={card.changedAt} now={now} />
      </p>
    </blockquote>
  );
}
