import { createGuard, orNotFound, RequireVerifiedEmail } from "buffkit";
import type { Context } from "hono";
import { type Board, findBoard } from "./queries.ts";

/** What somebody is on a board: everyone with a verified address is a member, and its creator owns it; false for others. */
export async function roleOn(c: Context, boardId: string): Promise<"owner" | "member" | false> {
  if (!(await RequireVerifiedEmail.allows(c))) return false;
  const board = await findBoard(c.var.kit.db, boardId);
  return board && isOwner(c, board) ? "owner" : "member";
}

/** Only lets the owner of the board in the path through, with the board as `c.var.board`. */
export const RequireOwner = createGuard({
  name: "RequireOwner",
  after: RequireVerifiedEmail,
  async allows(c) {
    const board = orNotFound(await findBoard(c.var.kit.db, c.req.param("board") ?? ""));
    return isOwner(c, board) && { board };
  },
});

/** A board whose creator's account was deleted belongs to everyone. */
function isOwner(c: Context, { createdBy }: Board): boolean {
  return createdBy === null || createdBy === c.var.user?.id;
}
