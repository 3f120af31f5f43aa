import { cancelled } from "./errors.ts";
import type { Arguments } from "./parse-arguments.ts";
import { type Choices, type PartId, partChoices } from "./part-choices.ts";
import { checkFolder } from "./project-folder.ts";
import { readPlace } from "./project-location.ts";

export interface Answers {
  readonly name: string;
  readonly parts: Partial<Choices>;
}

/** Asks what matters and was not said: the name and the parts. Throws a `Refusal` when the person leaves. */
export async function askQuestions({ name, parts }: Arguments, workingFolder: string): Promise<Answers> {
  const prompts = await import("@clack/prompts");
  prompts.intro("A new Buffkit app");
  const typed =
    name ??
    (await prompts.text({
      message: "What is it called?",
      placeholder: "my-app",
      defaultValue: "my-app",
      validate: (value) => complaint(value || "my-app", workingFolder),
    }));
  if (prompts.isCancel(typed)) throw cancelled();
  if (Object.keys(parts).length > 0) return { name: typed, parts };
  const chosen = await prompts.multiselect<PartId>({
    message: "What is in it?",
    options: partChoices.map(({ id, label, hint }) => ({ value: id, label, hint })),
    initialValues: partChoices.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    required: false,
  });
  if (prompts.isCancel(chosen)) throw cancelled();
  const needsLogin = chosen.includes("board") && !chosen.includes("login");
  if (needsLogin) prompts.log.info("The board shows who did what, so log-in comes with it.");
  const all = needsLogin ? [...chosen, "login"] : chosen;
  return { name: typed, parts: Object.fromEntries(partChoices.map(({ id }) => [id, all.includes(id)])) };
}

function complaint(typed: string, workingFolder: string): string | undefined {
  try {
    checkFolder(readPlace(typed, workingFolder).folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
