import type { FlashKind } from "../flash/flash.ts";
import type { Problems } from "../input/read-form.ts";

/** What happens after a form was handled. */
export interface DoneOptions {
  /** Shown to the visitor: a success message, or one of another kind. */
  readonly flash?: string | { readonly kind: FlashKind; readonly text: string };
  /** The page to show next, a path on this site. Default: the page that the form is on. */
  readonly to?: string;
  /** Reads the page of the form again, for changes that no broadcast brings. Default: only for pages without a live stream. */
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
   * Shows the form on a page of its own, instead of sending a plain post back to the page it came from. For when that page may be gone, such
   * as that of a record which someone has deleted. Default: false.
   */
  readonly ownPage?: boolean;
}

/** What a handler of a form returns. A response of its own is sent as it is. */
export type FormAnswer = FormDone | FormRefused | Response;

/**
 * Ends the handling of a form well. With htmx, the visitor gets an empty form in place of the old one, and the flash message; without, a
 * redirect.
 */
export function done(options: DoneOptions = {}): FormDone {
  return { outcome: "done", options };
}
