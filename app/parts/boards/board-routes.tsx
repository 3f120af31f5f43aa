import { hxLocation, hxPushUrl, type Kit, Partial, readForm } from "buffkit";
import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { BoardList, BoardListPage } from "./board-list.tsx";
import { BoardPage, BoardTitle } from "./board-page.tsx";
import { createBoard, deleteBoard, renameBoard } from "./changes.ts";
import { renderDialog } from "./dialog-response.tsx";
import { ConfirmDelete, RenameBoard } from "./dialogs.tsx";
import { boardForm } from "./forms.ts";
import { boardPath, boardsPath, boardsTopic, boardTopic } from "./paths.ts";
import { publishChange } from "./publish.tsx";
import { listBoards } from "./queries.ts";
import { actorOf, boardOf, wantsFragment } from "./request-context.ts";

/** The routes of the list and of single boards. */
export function mountBoards(app: Hono, kit: Kit): void {
  app.get("/boards", (c) => list(c, kit));
  app.post("/boards", (c) => create(c, kit));
  app.get("/boards/:board", (c) => show(c, kit));
  app.get("/boards/:board/edit", (c) => edit(c, kit));
  app.post("/boards/:board/edit", (c) => rename(c, kit));
  app.get("/boards/:board/delete", (c) => confirmDelete(c, kit));
  app.post("/boards/:board/delete", (c) => remove(c, kit));
}

async function list(c: Context, kit: Kit): Promise<Response> {
  const page = <BoardListPage boards={await listBoards(kit.db)} now={kit.clock.now()} />;
  return c.render(page, { title: "Boards", topics: [boardsTopic] });
}

async function create(c: Context, kit: Kit): Promise<Response> {
  const form = await readForm(c, boardForm);
  if (!form.ok) {
    hxPushUrl(c, false);
    const { problems, old } = form;
    const boards = await listBoards(kit.db);
    const page = <BoardListPage boards={boards} now={kit.clock.now()} problems={problems} old={old} />;
    return c.render(page, { title: "Boards", topics: [boardsTopic], status: 422 });
  }
  const id = await createBoard(kit.db, form.data.title, actorOf(c, kit));
  await publishList(kit);
  return c.redirect(boardPath(id), 303);
}

async function show(c: Context, kit: Kit): Promise<Response> {
  const board = await boardOf(c, kit);
  const page = <BoardPage board={board} now={kit.clock.now()} />;
  return c.render(page, { title: board.title, topics: [boardTopic(board.id)] });
}

async function edit(c: Context, kit: Kit): Promise<Response> {
  return renderDialog(c, <RenameBoard board={await boardOf(c, kit)} />, { title: "Rename board" });
}

async function rename(c: Context, kit: Kit): Promise<Response> {
  const known = await boardOf(c, kit);
  const form = await readForm(c, boardForm);
  if (!form.ok) {
    const { problems, old } = form;
    const dialog = <RenameBoard board={known} problems={problems} old={old} />;
    return renderDialog(c, dialog, { title: "Rename board", status: 422 });
  }
  const board = await renameBoard(kit.db, { id: known.id, title: form.data.title }, actorOf(c, kit));
  if (!board) throw new HTTPException(404);
  const extra = (
    <Partial target="#board-title">
      <BoardTitle board={board} />
    </Partial>
  );
  return publishChange(c, kit, { board, stages: [], extra });
}

async function confirmDelete(c: Context, kit: Kit): Promise<Response> {
  const board = await boardOf(c, kit);
  const count = board.cards.length === 1 ? "its card" : `its ${board.cards.length} cards`;
  const dialog = (
    <ConfirmDelete
      title="Delete board?"
      text={`“${board.title}” and ${count} will be deleted for everyone.`}
      action={`${boardPath(board.id)}/delete`}
      back={boardPath(board.id)}
    />
  );
  return renderDialog(c, dialog, { title: "Delete board?" });
}

async function remove(c: Context, kit: Kit): Promise<Response> {
  const board = await boardOf(c, kit);
  const { name } = actorOf(c, kit);
  await deleteBoard(kit.db, board.id);
  await publishList(kit);
  await kit.broker.broadcastHTML(
    <Partial target="#board" swap="innerHTML">
      <p class="empty">
        {name} deleted the board “{board.title}”. <a href={boardsPath}>See the other boards</a>
      </p>
    </Partial>,
    { to: boardTopic(board.id) },
  );
  return wantsFragment(c) ? hxLocation(c, boardsPath) : c.redirect(boardsPath, 303);
}

async function publishList(kit: Kit): Promise<void> {
  const boards = await listBoards(kit.db);
  await kit.broker.broadcastHTML(
    <Partial target="#board-list">
      <BoardList boards={boards} now={kit.clock.now()} />
    </Partial>,
    { to: boardsTopic },
  );
}
