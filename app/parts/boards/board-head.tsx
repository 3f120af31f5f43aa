import { DialogLink, Dropdown, live } from "buffkit";
import { z } from "zod";
import { Icon } from "./icon.tsx";
import { roleOn } from "./owner.ts";
import { boardPath, boardsPath, boardTopic } from "./paths.ts";
import { type Board, findBoard } from "./queries.ts";

/** The head of a board's page: its title, who is here, what is done, and for its owner a menu. Also says that the board was deleted. */
export const BoardHead = live({
  name: "board-head",
  params: z.object({ board: z.string() }),
  audiences: ["owner", "member"],
  grant: (c, { board }) => roleOn(c, board),
  load: async ({ db, presence }, { board }) => ({
    board: await findBoard(db, board),
    people: presence(boardTopic(board)).length,
  }),
  render: ({ board, people }, { audience }) =>
    board ? (
      <header class="page-head board-head">
        <div>
          <BackLink />
          <h1 id="board-title">{board.title}</h1>
        </div>
        {/* Who is alone needs no number. */}
        <p id="board-people" class="board-people">
          {people > 1 ? <span class="hint-live">{people} people here</span> : null}
        </p>
        <Progress board={board} />
        {audience === "owner" ? <OwnerMenu board={board} /> : null}
      </header>
    ) : (
      <p class="empty board-gone">
        This board was deleted. <a href={boardsPath}>See the other boards</a>
      </p>
    ),
});

function BackLink() {
  return (
    <a class="back" href={boardsPath} hx-boost="true">
      All boards
    </a>
  );
}

function Progress({ board: { cardCount, doneCount } }: { readonly board: Board }) {
  return (
    <p id="board-progress" class="board-progress">
      <span>
        {doneCount} of {cardCount} done
      </span>
      <progress value={doneCount} max={Math.max(cardCount, 1)} aria-label="Cards done" />
    </p>
  );
}

function OwnerMenu({ board }: { readonly board: Board }) {
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
