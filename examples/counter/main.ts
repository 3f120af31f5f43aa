import { createExampleApp } from "../example-app.ts";
import { listen } from "../listen.ts";
import { SharedCount } from "./shared-count.ts";
import { mountSharedCount } from "./shared-count-routes.tsx";
import { mountTicks } from "./tick-routes.tsx";

const app = createExampleApp(new URL("public", import.meta.url));
const shared = new SharedCount();

mountTicks(app);
mountSharedCount(app, shared);
listen("Counter", app, () => shared.close());
