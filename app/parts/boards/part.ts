import { type Part, RequireLogin, RequireVerifiedEmail } from "buffkit";
import type { Context } from "hono";
import { mountBoards } from "./board-routes.tsx";
import { mountCards } from "./card-routes.tsx";
import { boardsPath } from "./paths.ts";

/** The team's boards: everyone with a verified address can see and change all of them. */
export const boards: Part = {
  name: "boards",
  mount(app, kit) {
    app.use(`${boardsPath}/*`, RequireLogin, RequireVerifiedEmail);
    mountBoards(app, kit);
    mountCards(app, kit);
  },
};

/** Lets the people who can open boards listen to them. */
export function authorizeBoardTopic(c: Context, topic: string): boolean {
  const isVerified = Boolean(c.var.user?.emailVerifiedAt);
  return isVerified && (topic === "boards" || /^board:[\w-]{1,36}$/.test(topic));
}
