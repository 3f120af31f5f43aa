import { pauseUnlessAborted } from "../every.ts";

export interface ModelOptions {
  /** Time per token. */
  readonly tokenMs: number;
}

/** A fake language model: the same prompt always gets the same answer, token by token. */
export class Model {
  readonly #options: ModelOptions;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** Yields the tokens starting with number `from`; stops when the signal fires. */
  async *generate(prompt: string, signal: AbortSignal, from = 0): AsyncGenerator<string> {
    for (const token of tokensOf(answerTo(prompt)).slice(from)) {
      await pauseUnlessAborted(this.#options.tokenMs, signal);
      if (signal.aborted) return;
      yield token;
    }
  }
}

/** Words with the space before them, as language models split text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

const answers: readonly (readonly [about: RegExp, answer: string])[] = [
  [
    /\b(event|stream|sse)/i,
    "A server-sent event is a few lines of text that a server appends to a response which doesn’t end. The browser reads them as they " +
      "arrive and reconnects when the connection drops. 🌊 That is all there is to it.",
  ],
  [
    /\b(story|tale)\b/i,
    "Once there was a stream that wanted to know where it went. It asked the stones, who had no time; it asked the reeds, who only " +
      "whispered; it asked the heron, who stood on one leg and thought. “You go on,” said the heron at last, “and anyone who listens " +
      "hears you.” So the stream went on, past the mill and the meadows, past the town with its seven bridges, and told everyone " +
      "who stood still for a moment everything that it had seen. Some listened to the end. Some left in the middle, and the stream " +
      "did not mind: it kept its words for the ones who stayed. And when it reached the sea, it did not stop either. It only became " +
      "too large to be told apart.",
  ],
];

function answerTo(prompt: string): string {
  const known = answers.find(([about]) => about.test(prompt));
  return (
    known?.[1] ??
    `You wrote “${prompt.trim()}”. I am a small model and only know about streams and one story, but I listen well.`
  );
}
