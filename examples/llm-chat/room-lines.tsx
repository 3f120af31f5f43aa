// The page of the room is rendered with these; later they are broadcast into it.

export interface RoomMessage {
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

/** A message. */
export function Said({ message: { name, text } }: { readonly message: RoomMessage }) {
  return (
    <li>
      <b>{name}</b>
      {text}
    </li>
  );
}

/** A line about the room itself. */
export function Note({ children }: { readonly children: string }) {
  return <li class="note">{children}</li>;
}

/** Who is here. */
export function Members({ names }: { readonly names: readonly string[] }) {
  return <strong id="members">{names.length === 0 ? "nobody yet" : names.join(", ")}</strong>;
}
