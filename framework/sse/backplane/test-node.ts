import { Hono } from "hono";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { Backplane } from "./backplane.ts";

/** A node: a broker with its server. */
export interface TestNode {
  readonly broker: Broker;
  readonly server: TestServer;
  readonly url: string;
}

export async function startNode(backplane: Backplane): Promise<TestNode> {
  const broker = createBroker({ backplane });
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  await broker.ready;
  return { broker, server, url: `${server.url}/events` };
}

export async function stopNode(node: TestNode): Promise<void> {
  await node.broker.close();
  await node.server.stop();
}
