import { Partial } from "buffkit";
import type { Card } from "./queries.ts";

// A hint is repeated while its cause lasts and goes away by itself when it is not.
const hintMs = 15_000;

/** "Ann is editing", in the card and in the dialogs of others who have it open. */
export function EditingHint({ card, name }: { readonly card: Card; readonly name: string }) {
  return (
    <Partial target={`[data-editing="${card.id}"]`} swap="innerHTML">
      <span class="hint-live" data-dismiss-after={hintMs}>
        {name} is editing
      </span>
    </Partial>
  );
}

/** Ends that hint, and tells others who are editing the same card that a newer version exists. */
export function SavedHint({ card, text }: { readonly card: { readonly id: string }; readonly text: string }) {
  return (
    <>
      <Partial target={`[data-editing="${card.id}"]`} swap="innerHTML" />
      <Partial target={`[data-saved="${card.id}"]`} swap="innerHTML">
        <p class="notice notice-warning">{text}</p>
      </Partial>
    </>
  );
}
