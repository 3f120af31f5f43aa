import { type Html, safeUrl } from "../framework/html/index.ts";

export interface DialogLinkProps {
  /** The page whose content the dialog shows. Without JavaScript the link leads to that page. */
  readonly href: string;
  readonly id?: string;
  readonly class?: string;
  readonly children?: Html;
}

/**
 * A link that shows another page's content in the dialog of the open page. That page needs no code of its own for it: htmx asks for its
 * content alone, and everyone else gets the whole page. When a form in the dialog has been accepted, the dialog closes.
 */
export function DialogLink({ href, id, class: name, children }: DialogLinkProps) {
  const url = safeUrl(href);
  return (
    <a id={id} class={name} href={url} hx-get={url} hx-target="#bk-dialog" hx-swap="innerHTML">
      {children}
    </a>
  );
}

export interface DialogProps {
  /** The heading, which is also the dialog's name for screen readers. */
  readonly title: Html;
  readonly children?: Html;
}

/** Content that `DialogLink` shows in a dialog, and that is its own page otherwise. */
export function Dialog({ title, children }: DialogProps) {
  return (
    <section class="bk-dialog">
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export interface DialogCloseProps {
  /** Where the link leads when the content is its own page. */
  readonly href: string;
  /** Default: `Cancel`. */
  readonly children?: Html;
}

/** A link, shown as a button, that closes the dialog. */
export function DialogClose({ href, children = "Cancel" }: DialogCloseProps) {
  return (
    <a class="bk-button bk-button-secondary" href={safeUrl(href)} data-modal-close>
      {children}
    </a>
  );
}
