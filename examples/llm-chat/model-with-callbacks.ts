import type { Model } from "./model.ts";

export interface ModelCallbacks {
  readonly onToken: (token: string) => void;
  /** Called once, no matter how the answer ends. */
  readonly onEnd: (tokens: number) => void;
}

/** The same model with a callback API, as many client libraries have. */
export function generateWithCallbacks(
  model: Model,
  request: { readonly prompt: string; readonly signal: AbortSignal },
  { onToken, onEnd }: ModelCallbacks,
): void {
  async function run(): Promise<void> {
    let tokens = 0;
    for await (const token of model.generate(request.prompt, request.signal)) {
      onToken(token);
      tokens += 1;
    }
    onEnd(tokens);
  }
  void run();
}
