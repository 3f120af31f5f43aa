import type { FlashMessage } from "./flash.ts";

export interface FlashAreaProps {
  readonly messages: readonly FlashMessage[];
}

/** Id of the element that shows flash messages; htmx responses can target `#bk-flash`. */
export const flashAreaId = "bk-flash";

/** Where flash messages appear in the document. It is a live region, so screen readers announce new messages. */
export function FlashArea({ messages }: FlashAreaProps) {
  return (
    <div id={flashAreaId} role="status" aria-live="polite">
      <FlashMessages messages={messages} />
    </div>
  );
}

/** The messages as a partial for htmx responses: render it next to the fragment, and the flash area of the page shows them. */
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
