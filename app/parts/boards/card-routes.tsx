import { done, type Kit, orNotFound, type PartApp, RequireVerifiedEmail } from "buffkit";
import { actorOf } from "./actor.ts";
import { moveForm } from "./card.tsx";
import { addCard, deleteCard, moveCard, saveCard } from "./card-changes.ts";
import { CardEditor, cardForm } from "./card-editor.tsx";
import { EditingNotice } from "./card-news.tsx";
import { newCardForm } from "./column.tsx";
import { ConfirmDelete, deleteForm } from "./dialogs.tsx";
import { boardPath, boardsPath, boardTopic, cardPath } from "./paths.ts";
import { findCard } from "./queries.ts";
import { stageIds } from "./stages.ts";

/** The routes of cards. */
export function mountCards(app: PartApp, kit: Kit): void {
  const { db, broker, clock } = kit;
  const cardOf = async (ids: CardParameters) => orNotFound(await findCard(db, { boardId: ids.board, id: ids.card }));

  app.post(
    "/boards/:board/cards",
    RequireVerifiedEmail,
    newCardForm.handle(
      async ({ data, c }) => {
        const boardId = c.req.param("board");
        orNotFound(await addCard(kit, { ...data, boardId }, actorOf(c)));
        return done({ to: boardPath(boardId) });
      },
      (_, sent) => stageIds.find((id) => id === sent.stage) ?? "todo",
    ),
  );

  app.get("/boards/:board/cards/:card/edit", RequireVerifiedEmail, async (c) => {
    const card = await cardOf(c.req.param());
    return c.render(<CardEditor card={card} now={clock.now()} />, { title: card.title });
  });

  app.post(
    "/boards/:board/cards/:card",
    RequireVerifiedEmail,
    cardForm.handle(
      async ({ data, c }) => {
        const { board: boardId, card: id } = c.req.param();
        const { version, ...text } = data;
        if (version === 0) orNotFound(await addCard(kit, { ...text, boardId, stage: "todo" }, actorOf(c)));
        const result = version === 0 ? "saved" : await saveCard(kit, { ...data, boardId, id }, actorOf(c));
        if (result === "saved") return done({ to: boardPath(boardId) });
        return cardForm.refuse({ _form: tooLate[result] }, { ownPage: result === "gone" });
      },
      async (c, sent) => {
        const { board: boardId = "", card: id = "" } = c.req.param();
        const card = await findCard(db, { boardId, id });
        return { boardId, card, isConflict: card !== null && sent.version !== String(card.version), now: clock.now() };
      },
    ),
  );

  app.post("/boards/:board/cards/:card/editing", RequireVerifiedEmail, async (c) => {
    const card = await cardOf(c.req.param());
    await broker.broadcastHTML(<EditingNotice card={card} name={c.var.user.name} />, {
      to: boardTopic(card.boardId),
      except: c,
    });
    return c.body(null, 204);
  });

  app.post(
    "/boards/:board/cards/:card/move",
    RequireVerifiedEmail,
    moveForm.handle(async ({ data, c }) => {
      const { board: boardId, card: id } = c.req.param();
      orNotFound(await moveCard(kit, { boardId, id, ...data.place }, actorOf(c)));
      return done({ to: boardPath(boardId) });
    }),
  );

  app.get("/boards/:board/cards/:card/delete", RequireVerifiedEmail, async (c) => {
    const card = await cardOf(c.req.param());
    return c.render(
      <ConfirmDelete title="Delete card?" action={`${cardPath(card)}/delete`} back={boardPath(card.boardId)}>
        “{card.title}”
      </ConfirmDelete>,
      { title: "Delete card?" },
    );
  });

  app.post(
    "/boards/:board/cards/:card/delete",
    RequireVerifiedEmail,
    deleteForm.handle(
      async ({ c }) => {
        const card = await cardOf(c.req.param());
        orNotFound(await deleteCard(kit, card, actorOf(c)));
        return done({ to: boardPath(card.boardId) });
      },
      () => ({ back: boardsPath }),
    ),
  );
}

const tooLate = {
  changed: "Someone else saved this card while you were typing. Nothing is lost: here is theirs, and yours is below.",
  gone: "Someone deleted this card while you were typing. Your text is still here: add it as a new card, or discard it.",
};

interface CardParameters {
  readonly board: string;
  readonly card: string;
}
