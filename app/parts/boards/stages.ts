/** The columns of every board, from left to right. */
export const stages = [
  { id: "todo", title: "To do", empty: "Nothing to do." },
  { id: "doing", title: "Doing", empty: "Nothing in progress." },
  { id: "done", title: "Done", empty: "Nothing done yet." },
] as const;

export type Stage = (typeof stages)[number]["id"];

export const stageIds: readonly Stage[] = stages.map(({ id }) => id);

export function columnOf(stage: Stage): (typeof stages)[number] {
  return stages.find(({ id }) => id === stage) ?? stages[0];
}

/** The column to the left (-1) or right (1), or undefined at the edge. */
export function adjacentStage(stage: Stage, step: -1 | 1): (typeof stages)[number] | undefined {
  return stages[stageIds.indexOf(stage) + step];
}
