/** Where boards and cards live. */
export const boardsPath = "/boards";

export function boardPath(boardId: string): string {
  return `${boardsPath}/${boardId}`;
}

export function cardPath(card: { boardId: string; id: string }): string {
  return `${boardPath(card.boardId)}/cards/${card.id}`;
}

/** The topic of the streams that show a board. */
export function boardTopic(boardId: string): string {
  return `board:${boardId}`;
}

/** The topic of the streams that show the list of boards. */
export const boardsTopic = "boards";
