import { form } from "buffkit";
import { z } from "zod";
import { Ago } from "./ago.tsx";
import { boardPath, boardsPath } from "./paths.ts";
import type { BoardSummary } from "./queries.ts";

export const boardTitle = z
  .string()
  .trim()
  .min(1, "Enter a name for the board.")
  .max(120, "Use at most 120 characters.");

export const newBoardForm = form({
  schema: z.object({ title: boardTitle }),
  fields: (f) => (
    <>
      <f.Field
        name="title"
        label={<span class="visually-hidden">Name of the new board</span>}
        placeholder="New board"
        maxlength={120}
        autocomplete="off"
      />
      <f.Submit>Create board</f.Submit>
    </>
  ),
});

export interface BoardListProps {
  readonly boards: readonly BoardSummary[];
  readonly now: number;
}

/** The page of all boards, with a form to create one. */
export function BoardListPage({ boards, now }: BoardListProps) {
  return (
    <section class="boards">
      <header class="page-head">
        <h1>Boards</h1>
        <newBoardForm.Form id="new-board" class="new-board" action={boardsPath} />
      </header>
      <BoardList boards={boards} now={now} />
    </section>
  );
}

/** The list, as live updates send it. */
export function BoardList({ boards, now }: BoardListProps) {
  return (
    <div id="board-list">
      {boards.length === 0 ? (
        <p class="empty">No boards yet. Create the first one above and your whole team will see it.</p>
      ) : null}
      <ul class="board-list" hx-boost:inherited="true">
        {boards.map((board) => (
          <BoardLink board={board} now={now} />
        ))}
      </ul>
    </div>
  );
}

/** An entry of the list. */
export function BoardLink({ board, now }: { readonly board: BoardSummary; readonly now: number }) {
  return (
    <li id={`board-${board.id}`} data-revision={board.revision}>
      <a class="panel board-link" href={boardPath(board.id)}>
        <span class="board-link-title">{board.title}</span>
        <progress value={board.doneCount} max={Math.max(board.cardCount, 1)} aria-label="Cards done" />
        <span class="hint">
          {board.cardCount === 0 ? "No cards yet" : `${board.doneCount} of ${board.cardCount} done`}
          {" · "}
          <Ago at={board.changedAt} now={now} />
        </span>
      </a>
    </li>
  );
}
