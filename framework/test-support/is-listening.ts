import { connect } from "node:net";

/** Whether a server accepts connections on this port. */
export async function isListening(port: number, host = "127.0.0.1"): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 20_000 });
    const end = (isFound: boolean) => {
      socket.destroy();
      resolve(isFound);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
