import { DialogLink, Dropdown, Form, form } from "buffkit";
import { z } from "zod";
import { Ago } from "./ago.tsx";
import { Icon } from "./icon.tsx";
import { cardPath } from "./paths.ts";
import type { Card } from "./queries.ts";
import { adjacentStage, stageIds } from "./stages.ts";

const steps: Readonly<Record<string, unknown>> = { up: -1, down: 1 };

/** The buttons that move a card: `up` or `down`, to the end of a column (`done`), or before another card (`done:7`). */
export const moveForm = form({
  schema: z.object({
    place: z.preprocess(
      (place) => {
        const [stage = "", beforeId] = String(place).split(":");
        return stage in steps ? { step: steps[stage] } : { stage, beforeId };
      },
      z.union([
        z.object({ step: z.literal([-1, 1]) }),
        z.object({ stage: z.enum(stageIds), beforeId: z.string().max(36).optional() }),
      ]),
    ),
  }),
});

/** A card in its column. Everything works with plain forms and links; htmx only saves the reload. */
export function CardItem({ card }: { readonly card: Card }) {
  const path = cardPath(card);
  return (
    <li id={`card-${card.id}`} class={card.stage === "done" ? "card is-done" : "card"} data-card={card.id}>
      <CardMoves card={card} />
      <div class="card-text">
        <DialogLink id={`card-${card.id}-title`} class="card-title" href={`${path}/edit`}>
          {card.title}
        </DialogLink>
        {card.notes ? (
          <p id={`card-${card.id}-notes`} class="card-notes">
            {card.notes}
          </p>
        ) : null}
        {/* Another one for each version, so that what it says goes when the card is saved. */}
        <p
          id={`card-${card.id}-editing-${card.version}`}
          class="card-editing"
          data-editing={card.id}
          hx-morph-skip-children
        />
      </div>
      <p class="card-meta">
        {card.changedBy ?? "Former member"} · <Ago at={card.changedAt} />
      </p>
      <CardMenu card={card} />
    </li>
  );
}

function CardMoves({ card }: { readonly card: Card }) {
  const path = `${cardPath(card)}/move`;
  const isDone = card.stage === "done";
  return (
    <Form id={`card-${card.id}-move`} class="card-moves" action={path} hx-post={path} hx-swap="none">
      <button
        type="submit"
        id={`card-${card.id}-done`}
        class="card-check"
        name="place"
        value={isDone ? "todo" : "done"}
        aria-label={`${isDone ? "Reopen" : "Complete"}: ${card.title}`}
      >
        <Icon name="check" />
      </button>
      <span class="card-arrows">
        <Arrow card={card} step={-1} />
        <Arrow card={card} step={1} />
      </span>
    </Form>
  );
}

function Arrow({ card, step }: { readonly card: Card; readonly step: -1 | 1 }) {
  const stage = adjacentStage(card.stage, step);
  const name = step < 0 ? "left" : "right";
  if (!stage) return null;
  return (
    <button
      type="submit"
      id={`card-${card.id}-${name}`}
      class={`quiet icon-button card-arrow`}
      name="place"
      value={stage.id}
      aria-label={`Move to ${stage.title}: ${card.title}`}
    >
      <Icon name={name} />
    </button>
  );
}

/** The style sheet hides "Move up" in the first card and "Move down" in the last one, so that cards stay the same when others come. */
function CardMenu({ card }: { readonly card: Card }) {
  const path = cardPath(card);
  return (
    <Dropdown
      class="card-menu"
      id={`card-${card.id}-menu`}
      group="menus"
      label={
        <>
          <span class="visually-hidden">Menu of {card.title}</span>
          <Icon name="more" />
        </>
      }
    >
      <Form id={`card-${card.id}-order`} action={`${path}/move`} hx-post={`${path}/move`} hx-swap="none">
        <button type="submit" class="move-up" name="place" value="up">
          Move up
        </button>
        <button type="submit" class="move-down" name="place" value="down">
          Move down
        </button>
      </Form>
      <DialogLink href={`${path}/edit`}>Edit</DialogLink>
      <DialogLink href={`${path}/delete`}>Delete</DialogLink>
    </Dropdown>
  );
}
