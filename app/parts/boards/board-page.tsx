import { DialogLink, Dropdown, Partial } from "buffkit";
import { AddCard, Column } from "./column.tsx";
import { Icon } from "./icon.tsx";
import { boardPath, boardsPath } from "./paths.ts";
import type { Board } from "./queries.ts";
import { type Stage, stageIds } from "./stages.ts";

export interface BoardProps {
  readonly board: Board;
  readonly now: number;
}

/** The page of one board. Everything that changes has an id; live updates leave the dialog alone. */
export function BoardPage({ board, now }: BoardProps) {
  return (
    <section id="board" class="board" data-path={boardPath(board.id)}>
      <header class="page-head board-head">
        <div>
          <a class="back" href={boardsPath} hx-boost="true">
            All boards
          </a>
          <BoardTitle board={board} />
        </div>
        <BoardProgress board={board} />
        <BoardMenu board={board} />
      </header>
      <div class="columns">
        {stageIds.map((stage) => (
          <section class="column">
            <Column board={board} stage={stage} now={now} />
            <AddCard boardId={board.id} stage={stage} />
          </section>
        ))}
      </div>
    </section>
  );
}

/** The update of every open page after a change to the board or its cards. */
export function BoardChange({ board, stages, now }: BoardProps & { readonly stages: readonly Stage[] }) {
  return (
    <>
      <Partial target="#board-title">
        <BoardTitle board={board} />
      </Partial>
      {stages.map((stage) => (
        <Partial target={`#column-${stage}`}>
          <Column board={board} stage={stage} now={now} />
        </Partial>
      ))}
      <Partial target="#board-progress">
        <BoardProgress board={board} />
      </Partial>
    </>
  );
}

/** What is left of a board on its open pages after it was deleted. */
export function BoardDeleted({ title, by }: { readonly title: string; readonly by: string }) {
  return (
    <Partial target="#board" swap="innerHTML">
      <p class="empty">
        {by} deleted the board “{title}”. <a href={boardsPath}>See the other boards</a>
      </p>
    </Partial>
  );
}

function BoardTitle({ board }: { readonly board: Board }) {
  return (
    <h1 id="board-title" data-revision={board.revision}>
      {board.title}
    </h1>
  );
}

function BoardProgress({ board }: { readonly board: Board }) {
  const done = board.cards.filter((card) => card.stage === "done").length;
  const total = board.cards.length;
  return (
    <p id="board-progress" class="board-progress" data-revision={board.revision}>
      <span>
        {done} of {total} done
      </span>
      <progress value={done} max={Math.max(total, 1)} aria-label="Cards done" />
    </p>
  );
}

function BoardMenu({ board }: { readonly board: Board }) {
  const path = boardPath(board.id);
  return (
    <Dropdown
      id="board-menu"
      group="menus"
      label={
        <>
          <span class="visually-hidden">Board menu</span>
          <Icon name="more" />
        </>
      }
    >
      <DialogLink href={`${path}/edit`}>Rename</DialogLink>
      <DialogLink href={`${path}/delete`}>Delete</DialogLink>
    </Dropdown>
  );
}
