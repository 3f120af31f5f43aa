import { Field, Form, type OldInput, type Problems } from "buffkit";
import { CardItem } from "./card.tsx";
import { Icon } from "./icon.tsx";
import { boardPath } from "./paths.ts";
import type { Board } from "./queries.ts";
import { type Stage, stages } from "./stages.ts";

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

export interface AddCardProps {
  readonly boardId: string;
  readonly stage: Stage;
  readonly problems?: Problems;
  readonly old?: OldInput;
}

/** The form for a new card, below a column. */
export function AddCard({ boardId, stage, problems, old }: AddCardProps) {
  const path = `${boardPath(boardId)}/cards`;
  const id = `add-${stage}`;
  const title = stages.find((column) => column.id === stage)?.title;
  return (
    <Form id={id} class="add-card" action={path} hx-post={path} hx-swap="none" data-reset problems={problems} old={old}>
      <input type="hidden" name="stage" value={stage} />
      <Field
        name="title"
        label={<span class="visually-hidden">New card in {title}</span>}
        placeholder="Add a card"
        required
        maxlength={200}
        autocomplete="off"
      />
      <button type="submit" class="quiet icon-button" aria-label={`Add to ${title}`}>
        <Icon name="plus" />
      </button>
    </Form>
  );
}
