import { canceled } from "./errors.ts";
import type { Arguments } from "./parse-arguments.ts";
import { type Choices, type PartId, partChoices } from "./part-choices.ts";
import { checkFolder } from "./project-folder.ts";
import { parseLocation } from "./project-location.ts";

export interface Answers {
  readonly name: string;
  readonly parts: Partial<Choices>;
}

/** Asks for the name and the parts, unless they were given as arguments. Throws a `CreateError` if the user cancels. */
export async function askQuestions({ name, parts }: Arguments, workingFolder: string): Promise<Answers> {
  const prompts = await import("@clack/prompts");
  prompts.intro("A new Buffkit app");
  const typed =
    name ??
    (await prompts.text({
      message: "What should your app be called?",
      placeholder: "my-app",
      defaultValue: "my-app",
      validate: (value) => complaint(value || "my-app", workingFolder),
    }));
  if (prompts.isCancel(typed)) throw canceled();
  if (Object.keys(parts).length > 0) return { name: typed, parts };
  const chosen = await prompts.multiselect<PartId>({
    message: "Which parts do you want?",
    options: partChoices.map(({ id, label, hint }) => ({ value: id, label, hint })),
    initialValues: partChoices.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    required: false,
  });
  if (prompts.isCancel(chosen)) throw canceled();
  const needsLogin = chosen.includes("board") && !chosen.includes("login");
  if (needsLogin) prompts.log.info("The board shows who did what, so it includes accounts.");
  const all = needsLogin ? [...chosen, "login"] : chosen;
  return { name: typed, parts: Object.fromEntries(partChoices.map(({ id }) => [id, all.includes(id)])) };
}

function complaint(typed: string, workingFolder: string): string | undefined {
  try {
    checkFolder(parseLocation(typed, workingFolder).folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
