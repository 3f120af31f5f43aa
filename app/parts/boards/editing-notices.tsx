import { Partial } from "buffkit";
import type { Card } from "./queries.ts";

// Repeated while someone is editing; goes away on its own when it isn't.
const noticeMs = 15_000;

/** "Ann is editing": on the card, and in the dialogs of others who have it open. */
export function EditingNotice({ card, name }: { readonly card: Card; readonly name: string }) {
  return (
    <Partial target={`[data-editing="${card.id}"]`} swap="innerHTML">
      <span class="hint-live" data-dismiss-after={noticeMs}>
        {name} is editing
      </span>
    </Partial>
  );
}

/** Removes that notice, and tells others who are editing the card what has happened to it. */
export function SavedNotice({ cardId, text }: { readonly cardId: string; readonly text: string }) {
  return (
    <>
      <Partial target={`[data-editing="${cardId}"]`} swap="innerHTML" />
      <Partial target={`[data-saved="${cardId}"]`} swap="innerHTML">
        <p class="notice notice-warning">{text}</p>
      </Partial>
    </>
  );
}
