/** Something `doctor` found. A `problem` has to be fixed, a `note` is good to know. */
export interface Diagnostic {
  readonly kind: "problem" | "note";
  /** What it is about: a setting, or `app`, `database`, `migrations`, `redis`, `mail`, `csrf`, `build`. */
  readonly about: string;
  readonly text: string;
}

export function problem(about: string, text: string): Diagnostic {
  return { kind: "problem", about, text };
}

export function note(about: string, text: string): Diagnostic {
  return { kind: "note", about, text };
}
