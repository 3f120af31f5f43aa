import { startCommand } from "./run-command.mjs";

// registry-test.mjs has registered the TypeScript loader by the time it imports this file.
const { freePort } = await import("../../framework/test-support/free-port.ts");

/** Starts the app with this command and requests its start page as soon as it prints the URL. */
export async function firstPage(folder, [command, ...args], environment) {
  const settings = environment.PORT ? environment : { ...environment, PORT: String(await freePort()) };
  const started = performance.now();
  const app = startCommand(command, args, { folder, environment: settings });
  try {
    const [url] = await app.printed(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/);
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    const ms = performance.now() - started;
    return answer.ok ? { status: answer.status, ms, text } : { status: answer.status, ms, text, error: text };
  } catch (error) {
    return { status: 0, ms: 0, text: "", error: String(error) };
  } finally {
    app.stop();
    await app.gone;
  }
}
