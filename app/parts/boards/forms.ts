import { z } from "zod";
import { stageIds } from "./stages.ts";

const title = z.string().trim();

export const boardForm = z.object({
  title: title.min(1, "Enter a name for the board.").max(120, "Use at most 120 characters."),
});

export const cardForm = z.object({
  title: title.min(1, "Enter a title for the card.").max(200, "Use at most 200 characters."),
  notes: z.string().trim().max(4000, "Use at most 4,000 characters.").default(""),
});

export const newCardForm = cardForm.extend({ stage: z.enum(stageIds) });

export const savedCardForm = cardForm.extend({ version: z.coerce.number().int().positive() });

/** `place` is a column, or `column:card` to insert before that card. */
export const moveForm = z.object({
  place: z
    .string()
    .regex(/^(todo|doing|done)(:[\w-]{1,36})?$/)
    .transform((place) => {
      const [stage, beforeId] = place.split(":");
      return { stage: z.enum(stageIds).parse(stage), beforeId };
    }),
});
