import type { Milliseconds } from "buffkit";
import type { Generated } from "kysely";
import type { Stage } from "./stages.ts";

export interface BoardTable {
  readonly id: string;
  title: string;
  /** Grows with every change of the board or its cards, so that pages can tell which of two fragments is newer. */
  revision: Generated<number>;
  readonly created_by: string | null;
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
}

export interface CardTable {
  readonly id: string;
  readonly board_id: string;
  stage: Stage;
  /** Place within its column, from 0. */
  position: number;
  title: string;
  notes: string;
  /** Grows with every change of the text, so that two people who edit the same card can be told. */
  version: Generated<number>;
  changed_by: string | null;
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
  done_at: Milliseconds | null;
}

declare module "buffkit" {
  interface Tables {
    boards: BoardTable;
    cards: CardTable;
  }
}
