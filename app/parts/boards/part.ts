import { type Part, RequireLogin, RequireVerifiedEmail } from "buffkit";
import type { Context } from "hono";
import { mountBoards } from "./board-routes.tsx";
import { mountCards } from "./card-routes.tsx";
import { boardsPath } from "./paths.ts";

/** The team's boards: everybody with a verified address sees and changes all of them. */
export const boards: Part = {
  name: "boards",
  mount(app, kit) {
    app.use(`${boardsPath}/*`, RequireLogin, RequireVerifiedEmail);
    mountBoards(app, kit);
    mountCards(app, kit);
  },
};

/** Who may listen to a board: the same people who may open it. */
export function authorizeBoardTopic(c: Context, topic: string): boolean {
  const isVerified = Boolean(c.var.user?.emailVerifiedAt);
  return isVerified && (topic === "boards" || /^board:[\w-]{1,36}$/.test(topic));
}
