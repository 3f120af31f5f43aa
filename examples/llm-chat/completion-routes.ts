import { startSSE } from "buffkit";
import type { Hono } from "hono";
import { readLastId } from "../read-last-id.ts";
import { sendWithBackpressure } from "../send-with-backpressure.ts";
import type { Model } from "./model.ts";
import { Producers } from "./producers.ts";
import { promptMissing, readPrompt } from "./read-prompt.ts";

/**
 * Streams the model's answer as JSON: numbered `token` events, and `done` at the end. When the reader leaves or presses Stop,
 * `writer.signal` stops the model; after a lost connection the browser says which token it received last.
 */
export function mountCompletions(app: Hono, model: Model): void {
  const producers = new Producers();

  app.get("/completions", async (c) => {
    const prompt = await readPrompt(c);
    if (prompt === null) return promptMissing(c);
    const first = (readLastId(c) ?? -1) + 1;
    return startSSE(c).run(async (writer) => {
      let index = first;
      for await (const token of producers.watch(model.generate(prompt, writer.signal, first), writer.signal)) {
        const data = JSON.stringify({ index, token });
        if (!(await sendWithBackpressure(writer, { id: String(index), event: "token", data }))) return;
        index += 1;
      }
      writer.sendJson("done", { tokens: index, reason: "complete" });
    });
  });

  app.get("/completions/status", (c) => c.json(producers));
}
