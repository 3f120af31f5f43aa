import { type Kit, readForm } from "buffkit";
import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { CardEditor, LostCard } from "./card-editor.tsx";
import { addCard, deleteCard, moveCard, saveCard } from "./changes.ts";
import { AddCard } from "./column.tsx";
import { renderDialog, renderProblems } from "./dialog-response.tsx";
import { ConfirmDelete } from "./dialogs.tsx";
import { EditingNotice, SavedNotice } from "./editing-notices.tsx";
import { moveForm, newCardForm, savedCardForm } from "./forms.ts";
import { boardPath, boardTopic, cardPath } from "./paths.ts";
import { publishChange } from "./publish.tsx";
import { findCard } from "./queries.ts";
import { actorOf, cardIdsOf, cardOf } from "./request-context.ts";
import { type Stage, stageIds } from "./stages.ts";

/** The routes of cards. */
export function mountCards(app: Hono, kit: Kit): void {
  app.post("/boards/:board/cards", (c) => add(c, kit));
  app.get("/boards/:board/cards/:card/edit", (c) => edit(c, kit));
  app.post("/boards/:board/cards/:card", (c) => save(c, kit));
  app.post("/boards/:board/cards/:card/editing", (c) => announceEditing(c, kit));
  app.post("/boards/:board/cards/:card/move", (c) => move(c, kit));
  app.get("/boards/:board/cards/:card/delete", (c) => confirmDelete(c, kit));
  app.post("/boards/:board/cards/:card/delete", (c) => remove(c, kit));
}

async function add(c: Context, kit: Kit): Promise<Response> {
  const boardId = c.req.param("board") ?? "";
  const form = await readForm(c, newCardForm);
  if (!form.ok) {
    const stage = stageIds.find((id) => id === form.old.stage) ?? "todo";
    const { problems, old } = form;
    return renderProblems(
      c,
      <AddCard boardId={boardId} stage={stage} problems={problems} old={old} />,
      `#add-${stage}`,
    );
  }
  const board = await addCard(kit.db, { ...form.data, boardId }, actorOf(c, kit));
  if (!board) throw new HTTPException(404);
  return publishChange(c, kit, { board, stages: [form.data.stage] });
}

async function edit(c: Context, kit: Kit): Promise<Response> {
  const card = await cardOf(c, kit);
  return renderDialog(c, <CardEditor card={card} now={kit.clock.now()} />, { title: card.title });
}

async function save(c: Context, kit: Kit): Promise<Response> {
  const ids = cardIdsOf(c);
  const actor = actorOf(c, kit);
  const form = await readForm(c, savedCardForm);
  const card = await findCard(kit.db, ids);
  if (!form.ok) {
    if (!card) throw new HTTPException(404);
    const { problems, old } = form;
    const editor = <CardEditor card={card} now={actor.at} problems={problems} old={old} />;
    return renderDialog(c, editor, { title: card.title, status: 422 });
  }
  const old = { title: form.data.title, notes: form.data.notes };
  const result = await saveCard(kit.db, { ...form.data, ...ids }, actor);
  if (result.ok) {
    const stages = result.board.cards.filter(({ id }) => id === ids.id).map(({ stage }) => stage);
    const text = `${actor.name} just saved this card. If you save too, you’ll see both versions.`;
    return publishChange(c, kit, { board: result.board, stages, extra: <SavedNotice card={ids} text={text} /> });
  }
  const current = result.reason === "gone" ? null : await findCard(kit.db, ids);
  if (!current)
    return renderDialog(c, <LostCard boardId={ids.boardId} old={old} />, { title: "Deleted card", status: 410 });
  const editor = <CardEditor card={current} now={actor.at} old={old} isConflict />;
  return renderDialog(c, editor, { title: current.title, status: 409 });
}

async function announceEditing(c: Context, kit: Kit): Promise<Response> {
  const card = await cardOf(c, kit);
  const { name } = actorOf(c, kit);
  const except = c.req.header("X-Connection-Id");
  await kit.broker.broadcastHTML(<EditingNotice card={card} name={name} />, {
    to: boardTopic(card.boardId),
    ...(except ? { except } : {}),
  });
  return c.body(null, 204);
}

async function move(c: Context, kit: Kit): Promise<Response> {
  const ids = cardIdsOf(c);
  const form = await readForm(c, moveForm);
  if (!form.ok) throw new HTTPException(422);
  const before = await cardOf(c, kit);
  const board = await moveCard(kit.db, { ...ids, ...form.data.place }, actorOf(c, kit));
  if (!board) throw new HTTPException(404);
  const stages: Stage[] = [...new Set([before.stage, form.data.place.stage])];
  return publishChange(c, kit, { board, stages });
}

async function confirmDelete(c: Context, kit: Kit): Promise<Response> {
  const card = await cardOf(c, kit);
  const dialog = (
    <ConfirmDelete
      title="Delete card?"
      text={`“${card.title}” will be deleted for everyone.`}
      action={`${cardPath(card)}/delete`}
      back={boardPath(card.boardId)}
    />
  );
  return renderDialog(c, dialog, { title: "Delete card?" });
}

async function remove(c: Context, kit: Kit): Promise<Response> {
  const card = await cardOf(c, kit);
  const actor = actorOf(c, kit);
  const board = await deleteCard(kit.db, card, actor);
  if (!board) throw new HTTPException(404);
  const text = `${actor.name} just deleted this card. Your text is still here; save it to add it as a new card.`;
  return publishChange(c, kit, { board, stages: [card.stage], extra: <SavedNotice card={card} text={text} /> });
}
