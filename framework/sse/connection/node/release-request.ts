import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The parser that Node's HTTP server ties to a socket; undocumented, alike in Node 20, 22 and 24. */
interface SocketParser {
  unconsume(): void;
  remove(): void;
  close(): void;
}

type Listener = (...values: unknown[]) => void;

/** What the server listens to, by the names of its functions where Node's own streams listen too. */
const serverListeners: readonly (readonly [event: string, name: string])[] = [
  ["data", "socketOnData"],
  ["drain", "socketOnDrain"],
  ["end", "socketOnEnd"],
  ["close", "socketOnClose"],
  ["error", "socketOnError"],
  ["timeout", "socketOnTimeout"],
  ["pause", "onSocketPause"],
  ["resume", "onSocketResume"],
];
const wrappedMethods = ["on", "addListener", "prependListener", "setEncoding"];

/**
 * Takes the socket from a response, and lets go of everything that Node's HTTP server holds for the request: the parser, the
 * request, the response and the closures between them, some 10 KB a connection. It is what Node does itself for an upgrade.
 * Where the internals look different nothing happens, and the stream merely costs more memory.
 */
export function releaseRequest(incoming: IncomingMessage, outgoing: ServerResponse, socket: Socket): void {
  outgoing.detachSocket(socket);
  // The handler may be running inside the parser, which files itself as idle when it is done with the message.
  setImmediate(releaseParser, incoming, socket);
}

function releaseParser(incoming: IncomingMessage, socket: Socket): void {
  const parser = readParser(socket);
  const found = serverListeners.map(([event, name]) => [event, findListener(socket, event, name)] as const);
  const isComplete = incoming.complete && found.every(([event, listener]) => listener || event === "timeout");
  if (parser === null || !isComplete) return;
  parser.unconsume();
  for (const [event, listener] of found) if (listener) socket.removeListener(event, listener);
  // The server wraps these on the socket itself to notice who reads; the prototype's are wanted again. Not deleted: that would make
  // V8 keep the socket as a dictionary, and each write look up a dozen of its properties by name.
  const prototype: unknown = Object.getPrototypeOf(socket);
  for (const method of wrappedMethods) Reflect.set(socket, method, Reflect.get(Object(prototype), method));
  Reflect.set(socket, "parser", null);
  Reflect.set(incoming, "parser", null);
  socket.setTimeout(0);
  socket.resume();
  // In this order: the server keeps a list of parsers that a closed one does not leave by itself.
  parser.remove();
  parser.close();
}

function findListener(socket: Socket, event: string, name: string): Listener | undefined {
  // EventEmitter types its listeners as Function, but takes only this shape.
  return socket.rawListeners(event).find((listener) => listener.name.includes(name)) as Listener | undefined;
}

function readParser(socket: Socket): SocketParser | null {
  const parser: unknown = Reflect.get(socket, "parser");
  if (typeof parser !== "object" || parser === null) return null;
  const isComplete = ["unconsume", "remove", "close"].every((name) => typeof Reflect.get(parser, name) === "function");
  // Checked on the line above.
  return isComplete ? (parser as SocketParser) : null;
}
