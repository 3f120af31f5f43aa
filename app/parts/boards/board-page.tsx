import { BoardHead } from "./board-head.tsx";
import { AddCard, Column } from "./column.tsx";
import { boardPath } from "./paths.ts";
import { stageIds } from "./stages.ts";

/** The page of one board: live regions, and the forms for new cards outside of them, so that updates don't touch what is typed there. */
export function BoardPage({ board }: { readonly board: string }) {
  return (
    <section class="board" data-path={boardPath(board)}>
      <BoardHead board={board} />
      <div id="columns" class="columns">
        {stageIds.map((stage) => (
          <section class="column" data-stage={stage}>
            <Column board={board} stage={stage} />
            <AddCard board={board} stage={stage} />
          </section>
        ))}
      </div>
    </section>
  );
}
