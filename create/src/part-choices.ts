/** What may be in a new app. */
export type PartId = "login" | "mail" | "jobs" | "board" | "docker";

export type Choices = Readonly<Record<PartId, boolean>>;

export interface PartChoice {
  readonly id: PartId;
  readonly label: string;
  readonly hint: string;
  /** Whether it is there when nobody says anything. */
  readonly isDefault: boolean;
}

/** The parts in the order in which they are asked for; each has the flags `--id` and `--no-id`. */
export const partChoices: readonly PartChoice[] = [
  { id: "login", label: "Log-in", hint: "accounts, sessions, a protected page", isDefault: true },
  { id: "mail", label: "Mail", hint: "a message of your own and the form that sends it", isDefault: true },
  { id: "jobs", label: "Jobs", hint: "work on a schedule, kept in the database", isDefault: true },
  { id: "board", label: "Live board", hint: "the example: a team board; needs log-in", isDefault: true },
  { id: "docker", label: "Dockerfile", hint: "an image for production", isDefault: false },
];

/** What the parts are when only some were said. Null: the board was wanted without the log-in that it needs. */
export function completeChoices(given: Partial<Choices>): Choices | null {
  const all = Object.fromEntries(partChoices.map(({ id, isDefault }) => [id, given[id] ?? isDefault]));
  const choices = { login: false, mail: false, jobs: false, board: false, docker: false, ...all };
  if (!choices.board || choices.login) return choices;
  return given.board ? null : { ...choices, board: false };
}
