import { startSSE } from "buffkit";
import type { Hono } from "hono";
import { sendWithBackpressure } from "../send-with-backpressure.ts";
import type { Model } from "./model.ts";
import { generateWithCallbacks } from "./model-with-callbacks.ts";
import { promptMissing, readPrompt } from "./read-prompt.ts";

/** Two more ways to stream the same answer. */
export function mountVariants(app: Hono, model: Model): void {
  // Plain text: each message is a piece of the answer, for clients that don't want JSON.
  app.get("/text", async (c) => {
    const prompt = await readPrompt(c);
    if (prompt === null) return promptMissing(c);
    return startSSE(c).run(async (writer) => {
      for await (const data of model.generate(prompt, writer.signal))
        if (!(await sendWithBackpressure(writer, { data }))) return;
      writer.sendEvent({ event: "done", data: "" });
    });
  });

  // Callbacks: there is no loop to await, so the handler starts the stream and returns it, and the last callback closes it.
  app.get("/callback", async (c) => {
    const prompt = await readPrompt(c);
    if (prompt === null) return promptMissing(c);
    const writer = startSSE(c);
    generateWithCallbacks(
      model,
      { prompt, signal: writer.signal },
      {
        onToken: (token) => writer.sendJson("token", { token }),
        onEnd: (tokens) => {
          writer.sendJson("done", { tokens });
          writer.close();
        },
      },
    );
    return writer.response;
  });
}
