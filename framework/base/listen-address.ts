/** Where an app listens by default: on loopback only. */
export const defaultPort = 3000;
export const defaultHost = "127.0.0.1";
