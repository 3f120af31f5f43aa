import { done, type Kit, orNotFound, type PartApp, RequireVerifiedEmail } from "buffkit";
import { actorOf } from "./actor.ts";
import { createBoard, deleteBoard, renameBoard } from "./board-changes.ts";
import { BoardListPage, newBoardForm } from "./board-list.tsx";
import { BoardPage } from "./board-page.tsx";
import { ConfirmDelete, deleteForm, RenameBoard, renameForm } from "./dialogs.tsx";
import { RequireOwner } from "./owner.ts";
import { boardPath, boardsPath, boardTopic } from "./paths.ts";
import { findBoard } from "./queries.ts";

/** The routes of the list and of single boards. */
export function mountBoards(app: PartApp, kit: Kit): void {
  app.get("/boards", RequireVerifiedEmail, (c) => c.render(<BoardListPage />, { title: "Boards" }));

  app.post(
    "/boards",
    RequireVerifiedEmail,
    newBoardForm.handle(async ({ data, c }) => {
      const id = await createBoard(kit, data.title, actorOf(c));
      return done({ to: boardPath(id) });
    }),
  );

  app.get("/boards/:board", RequireVerifiedEmail, async (c) => {
    const { id, title } = orNotFound(await findBoard(kit.db, c.req.param("board")));
    return c.render(<BoardPage board={id} />, { title, topics: [boardTopic(id)] });
  });

  app.get("/boards/:board/edit", RequireOwner, (c) =>
    c.render(<RenameBoard board={c.var.board} />, { title: "Rename board" }),
  );

  app.post(
    "/boards/:board/edit",
    RequireOwner,
    renameForm.handle(
      async ({ data, c }) => {
        const id = c.req.param("board");
        orNotFound(await renameBoard(kit, { id, title: data.title }, actorOf(c)));
        return done({ to: boardPath(id) });
      },
      (c) => ({ back: boardPath(c.req.param("board") ?? "") }),
    ),
  );

  app.get("/boards/:board/delete", RequireOwner, (c) => {
    const { id, title, cardCount } = c.var.board;
    const count = cardCount === 1 ? "its card" : `its ${cardCount} cards`;
    return c.render(
      <ConfirmDelete title="Delete board?" action={`${boardPath(id)}/delete`} back={boardPath(id)}>
        “{title}” and {count}
      </ConfirmDelete>,
      { title: "Delete board?" },
    );
  });

  app.post(
    "/boards/:board/delete",
    RequireOwner,
    deleteForm.handle(
      async ({ c }) => {
        await deleteBoard(kit, c.var.board.id);
        return done({ to: boardsPath });
      },
      () => ({ back: boardsPath }),
    ),
  );
}
