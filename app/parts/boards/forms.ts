import { z } from "zod";
import { stageIds } from "./stages.ts";

const title = z.string().trim();

export const boardForm = z.object({
  title: title.min(1, "Give the board a name.").max(120, "A name of up to 120 characters is enough."),
});

export const cardForm = z.object({
  title: title.min(1, "Say in a few words what is to be done.").max(200, "A title of up to 200 characters is enough."),
  notes: z.string().trim().max(4000, "Notes may have up to 4,000 characters.").default(""),
});

export const newCardForm = cardForm.extend({ stage: z.enum(stageIds) });

export const savedCardForm = cardForm.extend({ version: z.coerce.number().int().positive() });

/** `place` is a column, or `column:card` to be put before that card. */
export const moveForm = z.object({
  place: z
    .string()
    .regex(/^(todo|doing|done)(:[\w-]{1,36})?$/)
    .transform((place) => {
      const [stage, beforeId] = place.split(":");
      return { stage: z.enum(stageIds).parse(stage), beforeId };
    }),
});
