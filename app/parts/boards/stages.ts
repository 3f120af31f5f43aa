/** The columns of every board, from left to right. */
export const stages = [
  { id: "todo", title: "To do", empty: "Nothing waits here." },
  { id: "doing", title: "Doing", empty: "Nobody is on anything." },
  { id: "done", title: "Done", empty: "Nothing is finished yet." },
] as const;

export type Stage = (typeof stages)[number]["id"];

export const stageIds = ["todo", "doing", "done"] as const satisfies readonly Stage[];

/** The column beside one, or null at the edge. */
export function neighbourOf(stage: Stage, step: -1 | 1): (typeof stages)[number] | null {
  return stages[stageIds.indexOf(stage) + step] ?? null;
}
