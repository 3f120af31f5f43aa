import { form, live, RequireVerifiedEmail } from "buffkit";
import { z } from "zod";
import { CardItem } from "./card.tsx";
import { cardNotes, cardTitle } from "./card-editor.tsx";
import { Icon } from "./icon.tsx";
import { boardPath } from "./paths.ts";
import { listCards } from "./queries.ts";
import { columnOf, type Stage, stageIds } from "./stages.ts";

/** The heading and the cards of a column. */
export const Column = live({
  name: "board-column",
  params: z.object({ board: z.string(), stage: z.enum(stageIds) }),
  grant: RequireVerifiedEmail,
  load: ({ db }, { board, stage }) => listCards(db, board, stage),
  render(cards, { params: { stage } }) {
    const column = columnOf(stage);
    return (
      <>
        <h2 id={`${stage}-title`} class="column-title">
          {column.title} <span class="count">{cards.length}</span>
        </h2>
        {cards.length === 0 ? <p class="column-empty">{column.empty}</p> : null}
        <ul id={`${stage}-cards`} class="cards" aria-label={column.title}>
          {cards.map((card) => (
            <CardItem card={card} />
          ))}
        </ul>
      </>
    );
  },
});

export const newCardForm = form({
  schema: z.object({ title: cardTitle, notes: cardNotes, stage: z.enum(stageIds) }),
  fields: (f, stage: Stage) => {
    const column = columnOf(stage).title;
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
export function AddCard({ board, stage }: { readonly board: string; readonly stage: Stage }) {
  return <newCardForm.Form id={`add-${stage}`} class="add-card" action={`${boardPath(board)}/cards`} given={stage} />;
}
