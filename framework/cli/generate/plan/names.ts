import pluralize from "pluralize";
import { camelCase, pascalCase, snakeCase, splitByCase } from "scule";
import { nameInvalid } from "../../errors.ts";

/** A name in all the spellings that code needs. */
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

/** A thing and many of it. */
export interface ModelNames extends Names {
  readonly plural: Names;
}

/** Reads a name in any spelling, as it is. Throws `CLI_NAME_INVALID`. */
export function parseName(text: string): Names {
  if (!/^[A-Za-z][\w -]{0,59}$/.test(text)) {
    throw nameInvalid({ name: text, reason: "expected letters, digits, - and _, beginning with a letter" });
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

/** Reads a name that becomes one in code: of an action, a component, a job. Refuses words that mean something there already. */
export function parseIdentifier(text: string): Names {
  const name = parseName(text);
  if (reserved.has(name.kebab)) throw nameInvalid({ name: text, reason: "it means something else in code already" });
  return name;
}

/** Reads the name of a thing, singular or plural: `people` is a person. A word without a plural of its own gets `-list` for many. */
export function parseModelName(text: string): ModelNames {
  const given = parseIdentifier(text);
  const singular = parseIdentifier(pluralize.singular(given.kebab));
  const many = pluralize.plural(singular.kebab);
  const plural = parseName(many === singular.kebab ? `${many}-list` : many);
  if (frameworkTables.has(plural.snake)) {
    throw nameInvalid({ name: text, reason: `the framework has a table ${plural.snake} already` });
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
