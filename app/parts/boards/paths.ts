/** The page of all boards; boards and cards are below it. */
export const boardsPath = "/boards";

export function boardPath(boardId: string): string {
  return `${boardsPath}/${boardId}`;
}

export function cardPath(card: { boardId: string; id: string }): string {
  return `${boardPath(card.boardId)}/cards/${card.id}`;
}

/** The topic of those who have a board open. */
export function boardTopic(boardId: string): `board:${string}` {
  return `board:${boardId}`;
}

/** The board of such a topic; null for other topics. */
export function boardOf(topic: string): string | null {
  return topic.startsWith("board:") ? topic.slice("board:".length) : null;
}
