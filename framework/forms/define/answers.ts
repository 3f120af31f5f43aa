import type { FlashKind } from "../flash/flash.ts";
import type { Problems } from "../input/read-form.ts";

/** What happens after a form is accepted. */
export interface DoneOptions {
  /** Shown to the visitor: a success message, or one of another kind. */
  readonly flash?: string | { readonly kind: FlashKind; readonly text: string };
  /** The page to show next, a path on this site. Default: the page that the form is on. */
  readonly to?: string;
  /** Loads the page of the form again, for changes that aren't broadcast. Default: only for pages without a live stream. */
  readonly refresh?: boolean;
  /** A DOM event for the page of the form, such as `bk:modal-close`, which closes the dialog around it. */
  readonly event?: string;
}

/** The answer of a handler that accepted the form; see `done`. */
export interface FormDone {
  readonly outcome: "done";
  readonly options: DoneOptions;
}

/** The answer of a handler that refused the form; see `refuse` of the form. */
export interface FormRefused {
  readonly outcome: "refused";
  readonly problems: Problems;
  readonly options: RefuseOptions;
}

/** How a refused form is shown again. */
export interface RefuseOptions {
  /**
   * Shows the form on its own page instead of redirecting a plain post back to the page it came from, which may be gone, such as that of
   * a record that someone has deleted. Default: false.
   */
  readonly ownPage?: boolean;
}

/** What the handler of a form returns. A `Response` is sent as it is. */
export type FormAnswer = FormDone | FormRefused | Response;

/**
 * Accepts a form. With htmx, the visitor gets an empty form in place of the old one, and the flash message; without htmx, a redirect and
 * the flash message.
 */
export function done(options: DoneOptions = {}): FormDone {
  return { outcome: "done", options };
}
