import { start } from "buffkit";
import { createApp } from "./app.ts";

await start(createApp, import.meta.url);
