import { done, type Kit, orNotFound, type PartApp, RequireVerifiedEmail } from "buffkit";
import { actorOf } from "./actor.ts";
import { createBoard, deleteBoard, renameBoard } from "./board-changes.tsx";
import { BoardListPage, newBoardForm } from "./board-list.tsx";
import { BoardPage } from "./board-page.tsx";
import { ConfirmDelete, deleteForm, RenameBoard, renameForm } from "./dialogs.tsx";
import { boardPath, boardsPath, boardsTopic, boardTopic } from "./paths.ts";
import { findBoard, listBoards } from "./queries.ts";

/** The routes of the list and of single boards. */
export function mountBoards(app: PartApp, kit: Kit): void {
  const { db, clock } = kit;
  const boardOf = async (id: string) => orNotFound(await findBoard(db, id));

  app.get("/boards", RequireVerifiedEmail, async (c) =>
    c.render(<BoardListPage boards={await listBoards(db)} now={clock.now()} />, {
      title: "Boards",
      topics: [boardsTopic],
    }),
  );

  app.post(
    "/boards",
    RequireVerifiedEmail,
    newBoardForm.handle(async ({ data, c }) => {
      const id = await createBoard(kit, data.title, actorOf(c));
      return done({ to: boardPath(id) });
    }),
  );

  app.get("/boards/:board", RequireVerifiedEmail, async (c) => {
    const board = await boardOf(c.req.param("board"));
    return c.render(<BoardPage board={board} now={clock.now()} />, {
      title: board.title,
      topics: [boardTopic(board.id)],
    });
  });

  app.get("/boards/:board/edit", RequireVerifiedEmail, async (c) => {
    const board = await boardOf(c.req.param("board"));
    return c.render(<RenameBoard board={board} />, { title: "Rename board" });
  });

  app.post(
    "/boards/:board/edit",
    RequireVerifiedEmail,
    renameForm.handle(
      async ({ data, c }) => {
        const id = c.req.param("board");
        orNotFound(await renameBoard(kit, { id, title: data.title }, actorOf(c)));
        return done({ to: boardPath(id) });
      },
      (c) => ({ back: boardPath(c.req.param("board") ?? "") }),
    ),
  );

  app.get("/boards/:board/delete", RequireVerifiedEmail, async (c) => {
    const { id, title, cards } = await boardOf(c.req.param("board"));
    const count = cards.length === 1 ? "its card" : `its ${cards.length} cards`;
    return c.render(
      <ConfirmDelete title="Delete board?" action={`${boardPath(id)}/delete`} back={boardPath(id)}>
        “{title}” and {count}
      </ConfirmDelete>,
      { title: "Delete board?" },
    );
  });

  app.post(
    "/boards/:board/delete",
    RequireVerifiedEmail,
    deleteForm.handle(
      async ({ c }) => {
        await deleteBoard(kit, await boardOf(c.req.param("board")), actorOf(c));
        return done({ to: boardsPath });
      },
      () => ({ back: boardsPath }),
    ),
  );
}
