import { join } from "node:path";
import type { Generator } from "./plan/generator.ts";
import { type Names, parseIdentifier } from "./plan/names.ts";

/** A message as a function from props to an email, with sample data for the preview in development. */
export const mailerGenerator: Generator = {
  name: "mailer",
  summary: "An email as typed JSX, with a preview under /__mail/templates and its test",
  takesFields: false,
  plan({ project, name }) {
    const mail = parseIdentifier(name);
    const folder = join(project.root, "mail", "messages");
    return {
      files: [
        { path: join(folder, `${mail.kebab}.tsx`), template: "mailer/message", text: messageSource(mail) },
        { path: join(folder, `${mail.kebab}.test.ts`), template: "mailer/test", text: testSource(mail) },
      ],
      nextSteps: [
        `Send it: await kit.mail.sendLater(${mail.camel}({ to, name, url, appName: kit.appName }))`,
        "Preview it: /__mail/templates while `buffkit dev` is running",
      ],
    };
  },
};

function messageSource({ camel, pascal, kebab, title }: Names): string {
  return `import { MailAction, MailHeading, MailText, type Message, mailTemplate } from "buffkit/mail";

export interface ${pascal}Props {
  readonly to: string;
  readonly name: string;
  /** The button's link. */
  readonly url: string;
  readonly appName: string;
}

/** "${title}". The plain-text version is derived from the HTML. */
export function ${camel}({ to, name, url, appName }: ${pascal}Props): Message {
  return {
    to,
    subject: \`${title} · \${appName}\`,
    html: (
      <>
        <MailHeading>Hello {name}</MailHeading>
        <MailText>${title}.</MailText>
        <MailAction href={url}>Open {appName}</MailAction>
      </>
    ),
  };
}

/** Sample data for the preview in development. */
export const ${camel}Template = mailTemplate("${kebab}", ${camel}, (sample) => ({
  to: sample.to,
  name: sample.name,
  url: sample.appUrl,
  appName: sample.appName,
}));
`;
}

function testSource({ camel, kebab, title }: Names): string {
  return `import { silentLogger } from "buffkit";
import { createMail, createMemorySender } from "buffkit/mail";
import { describe, expect, it } from "vitest";
import { ${camel} } from "./${kebab}.tsx";

describe("${camel}", () => {
  it("is sent as HTML and plain text", async () => {
    const app = { appName: "Sample", appUrl: "https://app.example.test" };
    const sender = createMemorySender();
    const mail = createMail({ ...app, sender, from: "app@example.test", log: silentLogger });
    const props = { to: "ann@example.test", name: "Ann", url: app.appUrl, appName: app.appName };

    await mail.send(${camel}(props));

    const [message] = sender.sent;
    expect(message?.subject).toBe("${title} · Sample");
    expect(message?.html).toContain("Ann");
    expect(message?.text).toContain("Ann");
  });
});
`;
}
