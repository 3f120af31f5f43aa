import { Field, Form, type OldInput, type Problems } from "buffkit";
import { Ago } from "./ago.tsx";
import { boardPath, boardsPath } from "./paths.ts";
import type { BoardSummary } from "./queries.ts";

export interface BoardListProps {
  readonly boards: readonly BoardSummary[];
  readonly now: number;
}

/** The page of all boards, with a form to create one. */
export function BoardListPage({ boards, now, problems, old }: BoardListProps & NewBoardProps) {
  return (
    <section class="boards">
      <header class="page-head">
        <h1>Boards</h1>
        <NewBoard problems={problems} old={old} />
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

interface NewBoardProps {
  readonly problems?: Problems;
  readonly old?: OldInput;
}

function NewBoard({ problems, old }: NewBoardProps) {
  return (
    <Form id="new-board" class="new-board" action={boardsPath} hx-boost="true" problems={problems} old={old}>
      <Field
        name="title"
        label={<span class="visually-hidden">Name of the new board</span>}
        placeholder="New board"
        required
        maxlength={120}
        autocomplete="off"
      />
      <button type="submit">Create board</button>
    </Form>
  );
}
