import { createServer } from "node:http";
import { createChannel, createSession } from "better-sse";
import { listen } from "./announce.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

const channel = createChannel();
const options = { serializer: String };

listen(
  createServer(async (request, response) => {
    if (request.method === "POST") {
      response.writeHead(202).end();
      void drive(parseBroadcastRequest(request.url ?? ""), (data) => channel.broadcast(data, "msg"));
      return;
    }
    channel.register(await createSession(request, response, options));
  }),
);
