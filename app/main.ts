import { start } from "buffkit";
import { createApp } from "./app.tsx";

await start(createApp, import.meta.url);
