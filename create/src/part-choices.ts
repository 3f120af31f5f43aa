/** The optional parts of a new app. */
export type PartId = "login" | "mail" | "jobs" | "board" | "docker" | "gherkin";

export type Choices = Readonly<Record<PartId, boolean>>;

export interface PartChoice {
  readonly id: PartId;
  readonly label: string;
  readonly hint: string;
  /** Whether it is included by default. */
  readonly isDefault: boolean;
}

/** The parts in the order of the question; each has the flags `--id` and `--no-id`. */
export const partChoices: readonly PartChoice[] = [
  { id: "login", label: "Accounts", hint: "log-in, sessions and a protected page", isDefault: true },
  { id: "mail", label: "Mail", hint: "an example message and the form that sends it", isDefault: true },
  { id: "jobs", label: "Jobs", hint: "scheduled background work, stored in the database", isDefault: true },
  { id: "board", label: "Live board", hint: "example app: a team board; needs accounts", isDefault: true },
  { id: "docker", label: "Dockerfile", hint: "a production image", isDefault: false },
  { id: "gherkin", label: "Gherkin", hint: "scenarios in plain English, in addition to the tests", isDefault: false },
];

/** Fills in the defaults. Returns null if the board was requested without the accounts it needs. */
export function completeChoices(given: Partial<Choices>): Choices | null {
  const all = Object.fromEntries(partChoices.map(({ id, isDefault }) => [id, given[id] ?? isDefault]));
  const none = { login: false, mail: false, jobs: false, board: false, docker: false, gherkin: false };
  const choices = { ...none, ...all };
  if (!choices.board || choices.login) return choices;
  return given.board ? null : { ...choices, board: false };
}
