/** What no production response may contain: stack traces, paths of the server, SQL, and the secret that a scenario has planted. */
export const leakPattern =
  /\bat .+:\d+:\d+|node_modules|\/framework\/|hunter2|node:internal|\bSQLITE|insert into|select .+ from/i;
