import pluralize from "pluralize";
import { camelCase, pascalCase, snakeCase, splitByCase } from "scule";
import { nameInvalid } from "../../errors.ts";

/** A name in every case style that code needs. */
export interface Names {
  /** `blogPost` */
  readonly camel: string;
  /** `BlogPost` */
  readonly pascal: string;
  /** `blog-post` */
  readonly kebab: string;
  /** `blog_post` */
  readonly snake: string;
  /** `blog post` */
  readonly words: string;
  /** `Blog post` */
  readonly title: string;
}

/** The names of a model, singular and plural. */
export interface ModelNames extends Names {
  readonly plural: Names;
}

/** Parses a name in any case style. Throws `CLI_NAME_INVALID`. */
export function parseName(text: string): Names {
  if (!/^[A-Za-z][\w -]{0,59}$/.test(text)) {
    throw nameInvalid({ name: text, reason: "use letters, digits, - and _, and start with a letter" });
  }
  const kebab = splitByCase(text)
    .flatMap((word) => word.split(" "))
    .filter((word) => word !== "")
    .join("-")
    .toLowerCase();
  const words = kebab.replaceAll("-", " ");
  return {
    kebab,
    camel: camelCase(kebab),
    pascal: pascalCase(kebab),
    snake: snakeCase(kebab),
    words,
    title: words.charAt(0).toUpperCase() + words.slice(1),
  };
}

/** Parses a name that becomes an identifier: of an action, a component, a job. Refuses reserved words. */
export function parseIdentifier(text: string): Names {
  const name = parseName(text);
  if (reserved.has(name.kebab)) throw nameInvalid({ name: text, reason: "it is a reserved word" });
  return name;
}

/** Parses the name of a model, singular or plural: `people` becomes `person`. The plural of a word without one ends in `-list`. */
export function parseModelName(text: string): ModelNames {
  const given = parseIdentifier(text);
  const singular = parseIdentifier(pluralize.singular(given.kebab));
  const many = pluralize.plural(singular.kebab);
  const plural = parseName(many === singular.kebab ? `${many}-list` : many);
  if (frameworkTables.has(plural.snake)) {
    throw nameInvalid({ name: text, reason: `the framework already has a table ${plural.snake}` });
  }
  return { ...singular, plural };
}

const frameworkTables: ReadonlySet<string> = new Set(
  "users sessions tokens jobs job_schedules audit_log audit_logs rate_limits mails schema_migrations".split(" "),
);

const reserved: ReadonlySet<string> = new Set(
  `app arguments array as async await boolean break case catch class const context continue database date debugger default delete
  do else enum error eval export extends false field finally for form function hono html if implements import in instanceof
  interface kit let map new null number object package part partial private promise protected public record request response
  return set static string super switch symbol table this throw true try type typeof undefined var void while with
  yield`.split(/\s+/),
);
