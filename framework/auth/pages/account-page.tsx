import { Field, Form } from "../../forms/index.ts";
import { leadingTo, paths } from "../paths.ts";
import { deviceName } from "../sessions/device-name.ts";
import type { Session } from "../sessions/session.ts";
import type { User } from "../users/user.ts";
import { CurrentPasswordField, NewPasswordFields } from "./account-fields.tsx";
import { AccountSection } from "./account-section.tsx";
import { type FormState, focusOn } from "./form-answer.ts";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { SubmitButton } from "./submit-button.tsx";

/** Which of the page's forms has just come back with problems. */
export type AccountForm = "profile" | "email" | "password" | "delete";

export interface AccountPageProps {
  readonly user: User;
  readonly sessions: readonly Session[];
  readonly currentId: string;
  /** Whether sensitive changes need no password first. */
  readonly isRecent: boolean;
  readonly minPasswordLength: number;
  readonly hasSecondFactor: boolean;
  readonly form?: { readonly name: AccountForm; readonly state: FormState };
}

/** Everything about one's own account on one page. */
export function AccountPage(props: AccountPageProps) {
  const { user, isRecent, form, minPasswordLength } = props;
  const stateOf = (name: AccountForm): FormState => (form?.name === name ? form.state : {});
  return (
    <section class="account" aria-labelledby="account-title">
      <h1 id="account-title">Your account</h1>
      <Profile user={user} state={stateOf("profile")} />
      {isRecent ? (
        <>
          <EmailSection user={user} state={stateOf("email")} />
          <PasswordSection user={user} state={stateOf("password")} minLength={minPasswordLength} />
          <SecondFactorSection isOn={props.hasSecondFactor} />
        </>
      ) : (
        <LockedSection />
      )}
      <SessionsSection {...props} />
      {isRecent ? <DeleteSection user={user} state={stateOf("delete")} /> : null}
    </section>
  );
}

interface SectionProps {
  readonly user: User;
  readonly state: FormState;
}

function Profile({ user, state }: SectionProps) {
  const focus = focusOn(["name", "picture"], state.problems);
  return (
    <AccountSection id="profile" title="Profile">
      {user.avatarUrl ? <img class="avatar" src={user.avatarUrl} alt="" width="64" height="64" /> : null}
      <dl class="facts">
        <dt>Email</dt>
        <dd>{user.email}</dd>
        <dt>Confirmed</dt>
        <dd>{user.emailVerifiedAt === null ? <a href={paths.verifyEmail}>Not yet</a> : "Yes"}</dd>
        <dt>Member since</dt>
        <dd>
          <Moment at={user.createdAt} />
        </dd>
        <dt>Last log-in</dt>
        <dd>{user.lastLoginAt === null ? "never" : <Moment at={user.lastLoginAt} />}</dd>
      </dl>
      <Form action={`${paths.account}/profile`} id="profile" enctype="multipart/form-data" {...state}>
        <Field
          name="name"
          label="Name"
          value={user.name}
          autocomplete="name"
          maxlength={100}
          required
          {...focus("name")}
        />
        <Field
          name="picture"
          label="Picture"
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
          hint="A PNG, JPEG, GIF, WebP or AVIF file of at most 512 kB."
          {...focus("picture")}
        />
        {user.avatarUrl ? <Field name="without_picture" label="Remove the picture" type="checkbox" /> : null}
        <SubmitButton>Save profile</SubmitButton>
      </Form>
    </AccountSection>
  );
}

function LockedSection() {
  return (
    <AccountSection id="locked" title="Email, password and two-step log-in">
      <p>To change these, or to delete the account, enter your password first.</p>
      <p class="actions">
        <a class="button secondary" href={leadingTo(paths.confirmPassword, paths.account)}>
          Enter your password
        </a>
      </p>
    </AccountSection>
  );
}

function EmailSection({ user, state }: SectionProps) {
  const focus = focusOn(["email"], state.problems);
  return (
    <AccountSection id="email" title="Email">
      <Form action={`${paths.account}/email`} id="email" {...state}>
        <Field
          name="email"
          label="New email"
          type="email"
          autocomplete="email"
          maxlength={254}
          hint={`We ask at ${user.email} first, then at the new address. Until both have agreed, nothing changes.`}
          required
          {...focus("email")}
        />
        <SubmitButton>Change email</SubmitButton>
      </Form>
    </AccountSection>
  );
}

function PasswordSection({ user, state, minLength }: SectionProps & { readonly minLength: number }) {
  const focus = focusOn(["current_password", "password", "password_confirmation"], state.problems);
  return (
    <AccountSection id="password" title="Password">
      <Form action={`${paths.account}/password`} id="password" {...state}>
        <input type="hidden" name="username" autocomplete="username" value={user.email} />
        <CurrentPasswordField name="current_password" label="Current password" focus={focus} />
        <NewPasswordFields minLength={minLength} focus={focus} />
        <SubmitButton>Change password</SubmitButton>
      </Form>
    </AccountSection>
  );
}

function SessionsSection({ sessions, currentId }: AccountPageProps) {
  return (
    <AccountSection id="sessions" title="Where you are logged in">
      <ul class="sessions">
        {sessions.map((session) => (
          <SessionRow session={session} isCurrent={session.id === currentId} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Form action={`${paths.account}/sessions/revoke-others`} id="revoke-others">
          <SubmitButton kind="secondary">Log out everywhere else</SubmitButton>
        </Form>
      ) : null}
    </AccountSection>
  );
}

function SessionRow({ session, isCurrent }: { readonly session: Session; readonly isCurrent: boolean }) {
  const device = deviceName(session.userAgent);
  return (
    <li id={`session-${session.id.slice(0, 12)}`}>
      <p>
        <strong>{device}</strong> {isCurrent ? <span class="badge">this device</span> : null}
        <br />
        <small>
          {session.address ?? "unknown address"}, last used <Moment at={session.lastSeenAt} />
        </small>
      </p>
      {isCurrent ? null : (
        <Form action={`${paths.account}/sessions/${session.id}/revoke`} id={`revoke-${session.id.slice(0, 12)}`}>
          <button type="submit" class="secondary" aria-label={`Log out ${device}`}>
            Log out
          </button>
        </Form>
      )}
    </li>
  );
}

function DeleteSection({ user, state }: SectionProps) {
  const focus = focusOn(["confirmation"], state.problems);
  return (
    <AccountSection id="delete" title="Delete the account">
      <p>The account is gone at once and cannot be brought back.</p>
      <Form action={`${paths.account}/delete`} id="delete" {...state}>
        <Field
          name="confirmation"
          label={`Enter ${user.email} to confirm`}
          autocomplete="off"
          required
          {...focus("confirmation")}
        />
        <SubmitButton kind="danger">Delete my account</SubmitButton>
      </Form>
    </AccountSection>
  );
}

/** A moment in UTC to the minute, readable by machines too. */
function Moment({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString();
  return <time datetime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}</time>;
}
