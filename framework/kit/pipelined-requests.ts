import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";

/**
 * `createServer`, except that requests which a client sends without waiting for answers are handled one after another, and others have
 * their turn in between. Node reads a thousand of them in one piece and would start them all in one turn of the event loop, although it
 * answers them in order.
 */
export function createTurnTakingServer(options: ServerOptions, listener: RequestListener): Server {
  return createServer(options, (incoming, outgoing) => {
    // Without a socket, a response waits for the one before it. If the connection ends first, its request is never handled.
    if (outgoing.socket === null) outgoing.once("socket", () => setImmediate(listener, incoming, outgoing));
    else listener(incoming, outgoing);
  });
}
