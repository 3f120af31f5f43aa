import { form } from "buffkit";
import { z } from "zod";
import { CardItem } from "./card.tsx";
import { cardNotes, cardTitle } from "./card-editor.tsx";
import { Icon } from "./icon.tsx";
import { boardPath } from "./paths.ts";
import type { Board } from "./queries.ts";
import { type Stage, stageIds, stages } from "./stages.ts";

export interface ColumnProps {
  readonly board: Board;
  readonly stage: Stage;
  readonly now: number;
}

/** The live part of a column: its heading and cards. The form for a new card is outside, so updates don't touch it. */
export function Column({ board, stage, now }: ColumnProps) {
  const column = stages.find(({ id }) => id === stage) ?? stages[0];
  const cards = board.cards.filter((card) => card.stage === stage);
  const order = cards.map((card) => card.id);
  return (
    <div id={`column-${stage}`} class="column-cards" data-stage={stage} data-revision={board.revision}>
      <h2 class="column-title">
        {column.title} <span class="count">{cards.length}</span>
      </h2>
      {cards.length === 0 ? <p class="column-empty">{column.empty}</p> : null}
      <ul class="cards" aria-label={column.title}>
        {cards.map((card) => (
          <CardItem card={card} order={order} now={now} />
        ))}
      </ul>
    </div>
  );
}

export const newCardForm = form({
  schema: z.object({ title: cardTitle, notes: cardNotes, stage: z.enum(stageIds) }),
  fields: (f, stage: Stage) => {
    const column = stages.find(({ id }) => id === stage)?.title;
    return (
      <>
        <f.Hidden name="stage" value={stage} />
        <f.Field
          name="title"
          label={<span class="visually-hidden">New card in {column}</span>}
          placeholder="Add a card"
          maxlength={200}
          autocomplete="off"
        />
        <f.Submit class="quiet icon-button" aria-label={`Add to ${column}`}>
          <Icon name="plus" />
        </f.Submit>
      </>
    );
  },
});

/** The form for a new card, below a column. */
export function AddCard({ boardId, stage }: { readonly boardId: string; readonly stage: Stage }) {
  return <newCardForm.Form id={`add-${stage}`} class="add-card" action={`${boardPath(boardId)}/cards`} given={stage} />;
}
