/**
 * The topics of an app's live streams. Once declared, names are type-checked wherever topics are written:
 * `declare module "buffkit" { interface Topics extends TopicsOf<typeof topics> {} }`. While it is empty, any name is allowed.
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps fill it
export interface Topics {}

/** The names that the topics of a part stand for: `"board:*"` for all that start with `board:`. */
export type TopicsOf<Declared extends object> = {
  readonly [Name in keyof Declared & string as Name extends `${infer Start}:*` ? `${Start}:${string}` : Name]: true;
};

/** The name of a topic that a page can ask for. */
export type TopicName = [keyof Topics] extends [never] ? string : keyof Topics & string;
