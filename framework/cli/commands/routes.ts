import { openCommandContext } from "../project/command-context.ts";
import { inspectionConfig, loadApp } from "../project/load-app.ts";
import { createCommand } from "../terminal/command.ts";
import { formatRows } from "../terminal/format-rows.ts";
import { print, printJson } from "../terminal/print.ts";
import { listRoutes } from "./list-routes.ts";

/** `buffkit routes`: needs no database and no settings; the app is built on an in-memory database. */
export const routesCommand = createCommand({
  args: {
    filter: { type: "positional", required: false, description: "Only show paths that contain this text" },
    dev: { type: "boolean", description: "Include pages that exist only in development" },
    json: { type: "boolean", description: "Print the routes as JSON" },
  },
  async run({ filter = "", dev, json }) {
    const { app, kit } = await loadApp(await openCommandContext(), inspectionConfig(dev ?? false));
    const routes = listRoutes(app).filter(({ path }) => path.includes(filter));
    await kit.close();
    if (json) printJson(routes);
    else if (routes.length === 0) print(filter ? `No routes match "${filter}".` : "No routes.");
    else print(formatRows(routes.map(({ method, path, guards }) => [method, path, guards.join(", ")])));
  },
});
