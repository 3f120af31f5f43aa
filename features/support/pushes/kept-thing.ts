import type { Page } from "@playwright/test";

/** Something that a person can be in the middle of while an update arrives. */
export interface KeptThing {
  /** The first cell of its row in the guide's table. */
  readonly row: string;
  /** The markup from the server, with a word that each update changes. */
  content(word: string): string;
  act(page: Page): Promise<unknown>;
  /** Checks that it is kept. `push` sends one more update. */
  check(page: Page, push: (word: string) => Promise<void>): Promise<unknown>;
}
