/** Something that `doctor` has seen. A `problem` must be mended, a `note` should be known. */
export interface Finding {
  readonly kind: "problem" | "note";
  /** What it is about: a setting, or `database`, `migrations`, `redis`, `mail`, `csrf`, `build`. */
  readonly about: string;
  readonly text: string;
}

export function problem(about: string, text: string): Finding {
  return { kind: "problem", about, text };
}

export function note(about: string, text: string): Finding {
  return { kind: "note", about, text };
}
