import { pauseUnlessAborted } from "../every.ts";

export interface ModelOptions {
  /** How long a token takes. */
  readonly tokenMs: number;
}

/** A stand-in for a language model: the same prompt always gets the same answer, one token after the other. */
export class Model {
  readonly #options: ModelOptions;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** Yields the tokens from number `from` on, and ends early when the signal fires. */
  async *generate(prompt: string, signal: AbortSignal, from = 0): AsyncGenerator<string> {
    for (const token of tokensOf(answerTo(prompt)).slice(from)) {
      await pauseUnlessAborted(this.#options.tokenMs, signal);
      if (signal.aborted) return;
      yield token;
    }
  }
}

/** Words with the space before them, as language models cut text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

const answers: readonly (readonly [about: RegExp, answer: string])[] = [
  [
    /\b(event|stream|sse)/i,
    "A server-sent event is a few lines of text that a server adds to an answer which does not end. The browser reads them as they " +
      "come and connects again when the line breaks. 🌊 That is all there is to it.",
  ],
  [
    /\b(story|tale)\b/i,
    "Once there was a stream that wanted to know where it went. It asked the stones, who had no time; it asked the reeds, who only " +
      "whispered; it asked the heron, who stood on one leg and thought. “You go on,” said the heron at last, “and whoever listens " +
      "hears you.” So the stream went on, past the mill and the meadows, past the town with its seven bridges, and told everybody " +
      "who stood still for a moment everything that it had seen. Some listened to the end. Some left in the middle, and the stream " +
      "did not mind: it kept its words for those who stayed. And when it reached the sea, it did not stop either. It only became " +
      "too large to be told apart.",
  ],
];

function answerTo(prompt: string): string {
  const known = answers.find(([about]) => about.test(prompt));
  return (
    known?.[1] ??
    `You wrote “${prompt.trim()}”. I am a small model and know only streams and one story, but I listen well.`
  );
}
