import type { Generated, Kysely, Milliseconds, Tables } from "buffkit";
import type { Stage } from "./stages.ts";

export interface BoardTable {
  readonly id: string;
  title: string;
  readonly created_by: string | null;
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
}

export interface CardTable {
  readonly id: string;
  readonly board_id: string;
  stage: Stage;
  /** Position within its column, from 0. */
  position: number;
  title: string;
  notes: string;
  /** Incremented by every change to the text, to detect that two people edit the same card. */
  version: Generated<number>;
  changed_by: string | null;
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
  done_at: Milliseconds | null;
}

/** What queries run on: the database, or a transaction of it. */
export type Queries = Kysely<Tables>;

declare module "buffkit" {
  interface Tables {
    boards: BoardTable;
    cards: CardTable;
  }
}
