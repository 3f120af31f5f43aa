import { type Kit, readHtmxRequest } from "buffkit";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Actor } from "./changes.ts";
import { type Board, type Card, findBoard, findCard } from "./queries.ts";

/** The logged-in user as the author of a change, with the name that others see. */
export function actorOf(c: Context, kit: Kit): Actor & { readonly name: string } {
  const { user } = c.var;
  if (!user) throw new HTTPException(401);
  return { userId: user.id, name: user.name, at: kit.clock.now() };
}

/** The board in the path; throws a 404 if there is none. */
export async function boardOf(c: Context, kit: Kit): Promise<Board> {
  const board = await findBoard(kit.db, c.req.param("board") ?? "");
  if (!board) throw new HTTPException(404);
  return board;
}

/** The card in the path; throws a 404 if there is none. */
export async function cardOf(c: Context, kit: Kit): Promise<Card> {
  const card = await findCard(kit.db, cardIdsOf(c));
  if (!card) throw new HTTPException(404);
  return card;
}

export function cardIdsOf(c: Context): { readonly boardId: string; readonly id: string } {
  return { boardId: c.req.param("board") ?? "", id: c.req.param("card") ?? "" };
}

/** Whether htmx requests a part of the page; all others get whole pages and redirects. */
export function wantsFragment(c: Context): boolean {
  return readHtmxRequest(c).isPartial;
}
