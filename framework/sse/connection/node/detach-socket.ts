import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import { readParserTies } from "./node-internals.ts";

const wrappedMethods = ["on", "addListener", "prependListener", "setEncoding"];

/**
 * Takes the socket away from Node's HTTP server and frees everything the server holds for the request: the parser, the request, the
 * response and the closures between them, about 10 KB per connection. Node does the same for an upgrade.
 */
export function detachSocket(incoming: IncomingMessage, outgoing: ServerResponse, socket: Socket): void {
  outgoing.detachSocket(socket);
  // Now rather than below, where it would undo what `close` may have set by then.
  socket.setTimeout(0);
  // The handler may be running inside the parser, which registers itself as idle once it is done with the message.
  setImmediate(releaseParser, incoming, socket);
}

/**
 * Makes a response ignore everything once its stream is taken over. When middleware sets a header after `next()`, node-server would
 * write a second head (ERR_HTTP_HEADERS_SENT, and an error text into the stream).
 */
export function muteResponse(outgoing: ServerResponse | Http2ServerResponse): void {
  for (const method of ["writeHead", "write", "end", "destroy", "flushHeaders"]) Reflect.set(outgoing, method, ignore);
}

function releaseParser(incoming: IncomingMessage, socket: Socket): void {
  const ties = readParserTies(incoming, socket);
  // The parser stays, and the stream merely takes more memory.
  if (ties === null) return;
  const { parser, listeners } = ties;
  parser.unconsume();
  for (const [event, listener] of listeners) socket.removeListener(event, listener);
  // The server wraps these on the socket to notice who reads; restore the prototype's. Deleting them would make V8 keep the socket
  // as a dictionary, and each write look up a dozen of its properties by name.
  const prototype: unknown = Object.getPrototypeOf(socket);
  for (const method of wrappedMethods) Reflect.set(socket, method, Reflect.get(Object(prototype), method));
  Reflect.set(socket, "parser", null);
  Reflect.set(incoming, "parser", null);
  socket.resume();
  // In this order: closing a parser does not remove it from the server's list.
  parser.remove();
  parser.close();
}

function ignore(this: ServerResponse | Http2ServerResponse): ServerResponse | Http2ServerResponse {
  return this;
}
