import type { FlashMessage } from "./flash.ts";

export interface FlashAreaProps {
  readonly messages: readonly FlashMessage[];
}

/** Id of the element that shows flash messages; htmx answers may aim at `#bk-flash`. */
export const flashAreaId = "bk-flash";

/** The place of flash messages in the document: a live region, so that screen readers read new messages out. */
export function FlashArea({ messages }: FlashAreaProps) {
  return (
    <div id={flashAreaId} role="status" aria-live="polite">
      <FlashMessages messages={messages} />
    </div>
  );
}

/** The same messages as an addressed piece of an htmx answer: put it beside the fragment, and the page's flash area shows them. */
export function FlashPartial({ messages }: FlashAreaProps) {
  return (
    <hx-partial hx-target={`#${flashAreaId}`} hx-swap="innerHTML">
      <FlashMessages messages={messages} />
    </hx-partial>
  );
}

function FlashMessages({ messages }: FlashAreaProps) {
  return (
    <>
      {messages.map(({ kind, text }) => (
        <p class={`bk-flash bk-flash-${kind}`} data-kind={kind}>
          {text}
        </p>
      ))}
    </>
  );
}
