import { createExampleApp } from "../example-app.ts";
import { listen } from "../listen.ts";
import { AskPage } from "./ask-page.tsx";
import { mountCompletions } from "./completion-routes.ts";
import { Model } from "./model.ts";
import { Room } from "./room.tsx";
import { mountRoom } from "./room-routes.tsx";
import { mountVariants } from "./variant-routes.ts";

const app = createExampleApp();
const model = new Model({ tokenMs: Number(process.env.TOKEN_MS ?? 60) });
const room = new Room(Number(process.env.HEARTBEAT_MS ?? 15_000));

app.get("/", (c) => c.html(<AskPage />));
mountCompletions(app, model);
mountVariants(app, model);
mountRoom(app, room);
listen("Chat", app, () => room.close());
