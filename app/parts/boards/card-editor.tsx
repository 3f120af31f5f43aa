import { Field, Form, type OldInput, type Problems } from "buffkit";
import { Ago } from "./ago.tsx";
import { DialogContent } from "./dialogs.tsx";
import { boardPath, cardPath } from "./paths.ts";
import type { Card } from "./queries.ts";

export interface CardEditorProps {
  readonly card: Card;
  readonly now: number;
  readonly problems?: Problems;
  /** What the person has typed, when the form is shown again. */
  readonly old?: OldInput;
  /** Someone else saved the card while this person was typing: both versions are shown, and the next save wins. */
  readonly isConflict?: boolean;
}

/** The form for a card's text. While it is open, others see that someone is editing. */
export function CardEditor({ card, now, problems, old, isConflict }: CardEditorProps) {
  const path = cardPath(card);
  return (
    <DialogContent title="Edit card">
      <div class="editor-news" data-editing={card.id} role="status" />
      <div class="editor-news" data-saved={card.id} role="status" />
      {isConflict ? <OtherVersion card={card} now={now} /> : null}
      <Form
        id="edit-card"
        action={path}
        hx-post={path}
        hx-target="#bk-dialog"
        data-dirty={old && ""}
        problems={problems}
        old={old}
      >
        <Field name="title" label="Title" value={card.title} required maxlength={200} autocomplete="off" autofocus />
        <Field name="notes" type="textarea" label="Notes" value={card.notes} rows={5} maxlength={4000} />
        <input type="hidden" name="version" value={String(card.version)} />
        <div class="actions">
          <button type="submit">{isConflict ? "Save mine instead" : "Save"}</button>
          {isConflict ? (
            <a class="button secondary" href={`${path}/edit`} hx-get={`${path}/edit`} hx-target="#bk-dialog">
              Use theirs
            </a>
          ) : null}
          <a class="button secondary" href={boardPath(card.boardId)} data-modal-close>
            Cancel
          </a>
        </div>
      </Form>
      <div hx-post={`${path}/editing`} hx-trigger="load, every 10s" hx-swap="none" />
    </DialogContent>
  );
}

function OtherVersion({ card, now }: { readonly card: Card; readonly now: number }) {
  return (
    <div class="notice notice-warning" role="alert">
      <p>
        <strong>{card.changedBy ?? "Someone"}</strong> saved this card <Ago at={card.changedAt} now={now} />, while you
        were typing. Nothing is lost: here is their version, and yours is below.
      </p>
      <blockquote id="their-version" class="their-version">
        <p class="card-title">{card.title}</p>
        {card.notes ? <p class="card-notes">{card.notes}</p> : null}
      </blockquote>
    </div>
  );
}

export interface LostCardProps {
  readonly boardId: string;
  readonly old: OldInput;
}

/** The card was deleted while someone was typing: their text can be added again as a new card. */
export function LostCard({ boardId, old }: LostCardProps) {
  const path = `${boardPath(boardId)}/cards`;
  return (
    <DialogContent title="This card was deleted">
      <p class="notice notice-warning" role="alert">
        Someone deleted this card while you were typing. Your text is still here: add it as a new card or discard it.
      </p>
      <Form id="edit-card" action={path} hx-post={path} hx-target="#bk-dialog" data-dirty="" old={old}>
        <input type="hidden" name="stage" value="todo" />
        <Field name="title" label="Title" required maxlength={200} autocomplete="off" />
        <Field name="notes" type="textarea" label="Notes" rows={5} maxlength={4000} />
        <div class="actions">
          <button type="submit">Add as new card</button>
          <a class="button secondary" href={boardPath(boardId)} data-modal-close>
            Discard
          </a>
        </div>
      </Form>
    </DialogContent>
  );
}
