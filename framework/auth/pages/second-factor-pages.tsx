import { paths } from "../paths.ts";
import { inGroups } from "../second-factor/second-factors.ts";
import { AuthCard, AuthForm, type FormState } from "./auth-form.tsx";
import { CodeField } from "./fields.tsx";
import { QrCode } from "./qr-code.tsx";

const links = [{ href: paths.account, text: "Back to your account" }];

export interface SetUpPageProps extends FormState {
  readonly secret: string;
  readonly setup: string;
  /** The content of the QR code, and the target of the link. */
  readonly url: string;
}

/** The key for an authenticator app, as a QR code, text and a link, and the field for the first code. */
export function SetUpPage({ secret, setup, url, problems = {} }: SetUpPageProps) {
  return (
    <AuthCard title="Turn on two-step login" links={links}>
      <p>
        You'll log in with your password and a code from an authenticator app on your phone. The code changes every 30
        seconds.
      </p>
      <ol class="steps">
        <li>
          Scan this QR code with the app.
          <QrCode text={url} label="QR code of the key below" />
          <p>
            Or enter this key: <code class="key">{inGroups(secret)}</code>
          </p>
          <p>
            <a class="button secondary" href={url}>
              Open the app on this device
            </a>
          </p>
        </li>
        <li>Enter the code from the app.</li>
      </ol>
      <AuthForm
        action={paths.secondFactor}
        id="set-up"
        focus={["code"]}
        hidden={{ setup }}
        state={{ problems }}
        submit="Turn on"
      >
        <CodeField />
      </AuthForm>
    </AuthCard>
  );
}

/** The recovery codes, which are shown only once. */
export function RecoveryCodesPage({
  codes,
  isNew = false,
}: {
  readonly codes: readonly string[];
  readonly isNew?: boolean;
}) {
  return (
    <AuthCard title="Save your recovery codes" links={links}>
      <p class="notice" role="status">
        {isNew
          ? "Two-step login is on, and your other devices were logged out. "
          : "Your old recovery codes no longer work. "}
        Use these codes to log in if you lose your phone. Each one works once. Print them or write them down: we won't
        show them again.
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

type CodeForm = "codes" | "off";

export interface SecondFactorIsOnProps {
  readonly codesLeft: number;
  readonly problem?: FormState & { readonly form: CodeForm };
}

/** What people can do while two-step login is on: get new recovery codes, or turn it off. Both require a code. */
export function SecondFactorIsOnPage({ codesLeft, problem }: SecondFactorIsOnProps) {
  const stateOf = (form: CodeForm) => (problem?.form === form ? { problems: problem.problems ?? {} } : {});
  return (
    <AuthCard title="Two-step login is on" links={links}>
      <p>
        You log in with your password and a code from your authenticator app. You have {codesLeft} recovery{" "}
        {codesLeft === 1 ? "code" : "codes"} left.
      </p>
      <h2>New recovery codes</h2>
      <AuthForm
        action={`${paths.secondFactor}/codes`}
        id="codes"
        focus={["code"]}
        state={stateOf("codes")}
        submit="Create new codes"
        kind="secondary"
      >
        <CodeField />
      </AuthForm>
      <h2>Turn it off</h2>
      <AuthForm
        action={`${paths.secondFactor}/off`}
        id="off"
        focus={["code"]}
        state={stateOf("off")}
        submit="Turn off"
        kind="danger"
      >
        <CodeField />
      </AuthForm>
    </AuthCard>
  );
}
