import { form, live, RequireVerifiedEmail } from "buffkit";
import { z } from "zod";
import { Ago } from "./ago.tsx";
import { boardPath, boardsPath } from "./paths.ts";
import { type Board, listBoards } from "./queries.ts";

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

/** All boards, always up to date. */
export const BoardList = live({
  name: "board-list",
  grant: RequireVerifiedEmail,
  load: ({ db }) => listBoards(db),
  render: (boards) => (
    <>
      {boards.length === 0 ? (
        <p class="empty">No boards yet. Create the first one above and your whole team will see it.</p>
      ) : null}
      <ul id="board-list" class="board-list" hx-boost:inherited="true">
        {boards.map((board) => (
          <BoardLink board={board} />
        ))}
      </ul>
    </>
  ),
});

/** The page of all boards, with a form to create one. */
export function BoardListPage() {
  return (
    <section class="boards">
      <header class="page-head">
        <h1>Boards</h1>
        <newBoardForm.Form id="new-board" class="new-board" action={boardsPath} />
      </header>
      <BoardList />
    </section>
  );
}

function BoardLink({ board }: { readonly board: Board }) {
  return (
    <li id={`board-${board.id}`}>
      <a class="panel board-link" href={boardPath(board.id)}>
        <span class="board-link-title">{board.title}</span>
        <progress value={board.doneCount} max={Math.max(board.cardCount, 1)} aria-label="Cards done" />
        <span class="hint">
          {board.cardCount === 0 ? "No cards yet" : `${board.doneCount} of ${board.cardCount} done`}
          {" · "}
          <Ago at={board.changedAt} />
        </span>
      </a>
    </li>
  );
}
