/** Ways to write another site's address so that a careless check of `next` takes it for a path. */
export const hostileAddresses = [
  ..."//evil.example ///evil.example /\\evil.example \\\\evil.example https://evil.example https:evil.example".split(
    " ",
  ),
  ..."//evil.example%2f.. /%2fevil.example /%5cevil.example /.//evil.example /a/..//evil.example".split(" "),
  ..."javascript:alert(1) data:text/html,x //evil.example@localhost http://localhost@evil.example".split(" "),
  ..."\t//evil.example /\t/evil.example /\n/evil.example \u0000//evil.example /\u2028/evil.example".split(" "),
  ..."//localhost.evil.example ////evil.example/%2e%2e /%09/evil.example /%0d%0aLocation:%20//evil.example".split(" "),
];

/** The link to another site in a page, if there is one. */
export const hostileLink = /(?:href|action|value)="(?:\/\/|\/\\|https?:|javascript:)[^"]*evil/;
