import { Dialog, DialogClose, form, type Html } from "buffkit";
import { z } from "zod";
import { boardTitle } from "./board-list.tsx";
import { boardPath } from "./paths.ts";
import type { Board } from "./queries.ts";

export const renameForm = form({
  schema: z.object({ title: boardTitle }),
  fields: (f, { back }: { readonly back: string }) => (
    <>
      <f.Field name="title" label="Name" maxlength={120} autocomplete="off" autofocus />
      <div class="actions">
        <f.Submit>Save</f.Submit>
        <DialogClose href={back} />
      </div>
    </>
  ),
});

export function RenameBoard({ board }: { readonly board: Board }) {
  const path = boardPath(board.id);
  return (
    <Dialog title="Rename board">
      <renameForm.Form id="rename" action={`${path}/edit`} values={{ title: board.title }} given={{ back: path }} />
    </Dialog>
  );
}

export const deleteForm = form({
  schema: z.object({}),
  fields: (f, { back }: { readonly back: string }) => (
    <div class="actions">
      <f.Submit class="danger">Delete</f.Submit>
      <DialogClose href={back} />
    </div>
  ),
});

export interface ConfirmDeleteProps {
  readonly title: string;
  /** What will be deleted. */
  readonly children: Html;
  readonly action: string;
  /** The page that the form is about. */
  readonly back: string;
}

/** Asks before something is deleted for everyone. */
export function ConfirmDelete({ title, children, action, back }: ConfirmDeleteProps) {
  return (
    <Dialog title={title}>
      <p>{children} will be deleted for everyone.</p>
      <deleteForm.Form id="confirm-delete" action={action} given={{ back }} />
    </Dialog>
  );
}
