import { Field, Form } from "../../forms/index.ts";
import { paths } from "../paths.ts";
import { inGroups } from "../second-factor/second-factors.ts";
import { AuthCard } from "./auth-card.tsx";
import { type FormState, focusOn } from "./form-answer.ts";
import { QrCode } from "./qr-code.tsx";
import { SubmitButton } from "./submit-button.tsx";

const links = [{ href: paths.account, text: "Back to your account" }];

export interface SetUpPageProps extends FormState {
  readonly secret: string;
  readonly setup: string;
  /** What the picture holds, and where the link leads. */
  readonly url: string;
}

/** The key for an authenticator app, as a picture, a text and a link, and the field for the first code. */
export function SetUpPage({ secret, setup, url, problems }: SetUpPageProps) {
  const focus = focusOn(["code"], problems);
  return (
    <AuthCard title="Turn on two-step log-in" links={links}>
      <p>
        From then on a log-in asks for your password and for a code that changes every 30 seconds, made by an
        authenticator app on your phone.
      </p>
      <ol class="steps">
        <li>
          Add an account in the app: scan this picture.
          <QrCode text={url} label="QR code of the key that stands below" />
          <p>
            Or enter this key by hand: <code class="key">{inGroups(secret)}</code>
          </p>
          <p>
            <a class="button secondary" href={url}>
              On this device: open the app
            </a>
          </p>
        </li>
        <li>Enter the code that the app shows.</li>
      </ol>
      <Form action={paths.secondFactor} id="set-up" {...(problems ? { problems } : {})}>
        <input type="hidden" name="setup" value={setup} />
        <CodeField focus={focus("code")} />
        <SubmitButton>Turn on</SubmitButton>
      </Form>
    </AuthCard>
  );
}

/** The recovery codes, which are shown this once. */
export function RecoveryCodesPage({
  codes,
  isNew = false,
}: {
  readonly codes: readonly string[];
  readonly isNew?: boolean;
}) {
  return (
    <AuthCard title="Keep your recovery codes" links={links}>
      <p class="notice" role="status">
        {isNew
          ? "Two-step log-in is on, and all other devices are logged out. "
          : "Your old recovery codes no longer work. "}
        These codes let you in when the phone is lost, each one once. Print them or write them down: they are not shown
        again.
      </p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </AuthCard>
  );
}

export interface SecondFactorIsOnProps {
  readonly codesLeft: number;
  readonly problem?: FormState & { readonly form: "codes" | "off" };
}

/** What can be done while it is on: new recovery codes, or turning it off. Both want a code. */
export function SecondFactorIsOnPage({ codesLeft, problem }: SecondFactorIsOnProps) {
  const stateOf = (form: "codes" | "off") => (problem?.form === form ? (problem.problems ?? {}) : {});
  return (
    <AuthCard title="Two-step log-in is on" links={links}>
      <p>
        A log-in asks for a code of your authenticator app. You have {codesLeft} recovery{" "}
        {codesLeft === 1 ? "code" : "codes"} left.
      </p>
      <h2>New recovery codes</h2>
      <Form action={`${paths.secondFactor}/codes`} id="codes" problems={stateOf("codes")}>
        <CodeField focus={focusOn(["code"], stateOf("codes"))("code")} />
        <SubmitButton kind="secondary">Make new codes</SubmitButton>
      </Form>
      <h2>Turn it off</h2>
      <Form action={`${paths.secondFactor}/off`} id="off" problems={stateOf("off")}>
        <CodeField focus={focusOn(["code"], stateOf("off"))("code")} />
        <SubmitButton kind="danger">Turn off</SubmitButton>
      </Form>
    </AuthCard>
  );
}

function CodeField({ focus }: { readonly focus: { autofocus?: true } }) {
  return (
    <Field
      name="code"
      label="Code"
      autocomplete="one-time-code"
      spellcheck="false"
      maxlength={40}
      required
      {...focus}
    />
  );
}
