import { createServer } from "node:http";
import { Transmit } from "@boringnode/transmit";
import { listen } from "./announce.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

/** `@adonisjs/transmit` is an adapter around this engine; the engine alone runs without the AdonisJS application. */
const transmit = new Transmit<null>({ pingInterval: false, transport: null });
let nextUid = 0;

listen(
  createServer(async (request, response) => {
    if (request.method === "POST") {
      response.writeHead(202).end();
      void drive(parseBroadcastRequest(request.url ?? ""), (data) => transmit.broadcast("all", data));
      return;
    }
    const uid = String(nextUid++);
    transmit.createStream({ uid, request, response, context: null });
    await transmit.subscribe({ uid, channel: "all", context: null });
  }),
);
