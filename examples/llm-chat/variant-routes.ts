import { startSSE } from "buffkit";
import type { Hono } from "hono";
import { deliver } from "../deliver.ts";
import type { Model } from "./model.ts";
import { generateWithCallbacks } from "./model-with-callbacks.ts";
import { promptMissing, readPrompt } from "./read-prompt.ts";

/** Two more ways to the same answer. */
export function mountVariants(app: Hono, model: Model): void {
  // Plain text: each message is a piece of the answer, for readers who want no JSON.
  app.get("/text", async (c) => {
    const prompt = await readPrompt(c);
    if (prompt === null) return promptMissing(c);
    return startSSE(c).run(async (writer) => {
      for await (const data of model.generate(prompt, writer.signal)) if (!(await deliver(writer, { data }))) return;
      writer.sendEvent({ event: "done", data: "" });
    });
  });

  // Callbacks: no loop to wait in, so the stream is started, returned, and closed by the last callback.
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
