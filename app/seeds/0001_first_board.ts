import type { Seed } from "buffkit";
import { upsert } from "buffkit";
import type { Stage } from "../parts/boards/stages.ts";

const email = "ada@example.com";
const boardId = "seed-first-board";

const cards: readonly { readonly stage: Stage; readonly title: string }[] = [
  { stage: "todo", title: "Open this board in two windows" },
  { stage: "todo", title: "Drag a card and watch the other window" },
  { stage: "doing", title: "Read the tutorial" },
  { stage: "done", title: "Install" },
];

/** A user, ada@example.com with the password "only for trying out", and a board of hers. */
export const seed: Seed = async ({ db, auth, clock }) => {
  await auth.addUser({ email, name: "Ada", password: "only for trying out" });
  const ada = await auth.users.findByEmail(email);
  const times = { created_at: clock.now(), changed_at: clock.now() };
  await upsert(db, "boards", {
    values: { id: boardId, title: "First steps", created_by: ada?.id ?? null, ...times },
  });
  for (const [position, { stage, title }] of cards.entries()) {
    const id = `seed-card-${position}`;
    const done = { done_at: stage === "done" ? times.created_at : null };
    const values = { id, board_id: boardId, stage, position, title, notes: "", changed_by: null, ...times, ...done };
    await upsert(db, "cards", { values });
  }
};
