/** What no answer of production may contain: stacks, paths of the server, SQL, and the secret that a scenario planted. */
export const tellTales =
  /\bat .+:\d+:\d+|node_modules|\/framework\/|hunter2|node:internal|\bSQLITE|insert into|select .+ from/i;
