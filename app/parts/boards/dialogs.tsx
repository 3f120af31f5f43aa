import { Field, Form, type Html, type OldInput, type Problems } from "buffkit";
import { boardPath } from "./paths.ts";
import type { Board } from "./queries.ts";

export interface DialogProps {
  readonly title: string;
  readonly children?: Html;
}

/** The content of the board's dialog; without JavaScript it is shown as a page. */
export function DialogContent({ title, children }: DialogProps) {
  return (
    <section class="dialog-content">
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export interface ConfirmDeleteProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** The page that the cancel link leads to without JavaScript. */
  readonly back: string;
}

/** Asks before something is deleted for everyone. */
export function ConfirmDelete({ title, text, action, back }: ConfirmDeleteProps) {
  return (
    <DialogContent title={title}>
      <p>{text}</p>
      <Form id="confirm-delete" action={action} hx-post={action} hx-swap="none">
        <div class="actions">
          <button type="submit" class="danger">
            Delete
          </button>
          <a class="button secondary" href={back} data-modal-close>
            Cancel
          </a>
        </div>
      </Form>
    </DialogContent>
  );
}

export interface RenameBoardProps {
  readonly board: Board;
  readonly problems?: Problems;
  readonly old?: OldInput;
}

export function RenameBoard({ board, problems, old }: RenameBoardProps) {
  const path = boardPath(board.id);
  return (
    <DialogContent title="Rename board">
      <Form
        id="rename"
        action={`${path}/edit`}
        hx-post={`${path}/edit`}
        hx-target="#bk-dialog"
        problems={problems}
        old={old}
      >
        <Field name="title" label="Name" value={board.title} required maxlength={120} autocomplete="off" autofocus />
        <div class="actions">
          <button type="submit">Save</button>
          <a class="button secondary" href={path} data-modal-close>
            Cancel
          </a>
        </div>
      </Form>
    </DialogContent>
  );
}
