import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isRawSocket, readHandle, readParserTies, readStreamBinding } from "./node-internals.ts";

const names = {
  data: "socketOnData",
  drain: "socketOnDrain",
  end: "socketOnEnd",
  close: "socketOnClose",
  error: "socketOnError",
  timeout: "socketOnTimeout",
  pause: "onSocketPause",
  resume: "onSocketResume",
};

/** A function with this name. */
const named = (name: string) => Object.defineProperty(() => {}, "name", { value: name });

/** A request whose socket has the listeners of Node's server, but for some. */
function createRequest({ missing = [] as readonly string[], parser = {} as object | null, isComplete = true } = {}) {
  const socket = new Socket();
  const methods = { unconsume() {}, remove() {}, close() {} };
  Reflect.set(socket, "parser", parser && { ...methods, ...parser });
  for (const [event, name] of Object.entries(names)) {
    socket.on(event, named("onStream"));
    if (!missing.includes(event)) socket.on(event, named(`bound ${name}`));
  }
  const incoming = Object.assign(new IncomingMessage(socket), { complete: isComplete });
  return { incoming, socket };
}

describe("readParserTies", () => {
  it("finds the parser and the listeners of the server among others, by their names", () => {
    const { incoming, socket } = createRequest();

    const ties = readParserTies(incoming, socket);

    expect(ties?.parser).toBe(Reflect.get(socket, "parser"));
    expect(ties?.listeners.map(([event, { name }]) => [event, name])).toEqual(
      Object.entries(names).map(([event, name]) => [event, `bound ${name}`]),
    );
  });

  it("doesn't need a listener for timeouts, but all others", () => {
    const found = Object.keys(names).filter((event) => {
      const { incoming, socket } = createRequest({ missing: [event] });
      return readParserTies(incoming, socket) !== null;
    });

    expect(found).toEqual(["timeout"]);
  });

  it.each([
    ["has no parser", { parser: null }],
    ["has a parser of another shape", { parser: { remove: undefined } }],
    ["isn't read completely", { isComplete: false }],
  ])("finds none for a request that %s", (_name, facts) => {
    const { incoming, socket } = createRequest(facts);

    expect(readParserTies(incoming, socket)).toBeNull();
  });
});

describe("isRawSocket", () => {
  it("is true for a socket with a handle, and for one that is gone", () => {
    const [open, gone, nameless] = [new Socket(), new Socket(), new Socket()];
    Reflect.set(open, "_handle", {});
    gone.destroy();

    expect([open, gone, nameless].map(isRawSocket)).toEqual([true, true, false]);
  });
});

describe("readHandle", () => {
  it.each([
    ["TCP", true],
    ["Pipe", true],
    ["TLSWrap", false],
  ])("takes a handle of the class %s: %s", (name, isTaken) => {
    class Handle {
      writeBuffer() {}
    }
    Object.defineProperty(Handle, "name", { value: name });
    const socket = new Socket();
    Reflect.set(socket, "_handle", new Handle());

    expect(readHandle(socket) !== null).toBe(isTaken);
  });

  it.each([null, undefined, "text", {}])("takes no %j for a handle", (handle) => {
    const socket = new Socket();
    Reflect.set(socket, "_handle", handle);

    expect(readHandle(socket)).toBeNull();
  });
});

describe("readStreamBinding", () => {
  const binding = { WriteWrap: class {}, streamBaseState: new Int32Array(5), kLastWriteWasAsync: 4 };
  const own = Object.getOwnPropertyDescriptor(process, "binding");
  /** A Node that looks it up like this. */
  const setLookup = (lookup: unknown) => Reflect.defineProperty(process, "binding", { ...own, value: lookup });
  const give = (found: unknown) => setLookup(() => found);

  afterEach(() => void Reflect.defineProperty(process, "binding", own ?? {}));

  it("takes the one that Node has", () => {
    give(binding);

    expect(readStreamBinding()).toBe(binding);
  });

  it.each([
    ["no class for requests", { WriteWrap: {} }],
    ["a state of another kind", { streamBaseState: [0, 0, 0, 0, 0] }],
    ["no place for how the last write went", { kLastWriteWasAsync: undefined }],
  ])("takes none with %s, so that streams write as Node's own do", (_name, difference) => {
    give({ ...binding, ...difference });

    expect(readStreamBinding()).toBeNull();
  });

  it.each([null, undefined, "text", {}])("takes no %j for one", (found) => {
    give(found);

    expect(readStreamBinding()).toBeNull();
  });

  it("does without where Node gives none", () => {
    setLookup(() => {
      throw new Error("not permitted");
    });
    const refused = readStreamBinding();
    setLookup(undefined);

    expect([refused, readStreamBinding()]).toEqual([null, null]);
  });
});
