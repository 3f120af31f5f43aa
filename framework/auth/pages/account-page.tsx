import { Form } from "../../forms/index.ts";
import type { Html } from "../../html/index.ts";
import { leadingTo, paths } from "../paths.ts";
import { deviceName } from "../sessions/device-name.ts";
import type { Session } from "../sessions/session.ts";
import type { User } from "../users/user.ts";
import { AuthField, AuthForm, type FormState } from "./auth-form.tsx";
import {
  CurrentPasswordField,
  HiddenUsername,
  maxEmailLength,
  NameField,
  NewPasswordFields,
  PictureField,
} from "./fields.tsx";

/** The forms of the page that can come back with problems. */
export type AccountForm = "profile" | "email" | "password" | "delete";

export interface AccountPageProps {
  readonly user: User;
  readonly sessions: readonly Session[];
  readonly currentId: string;
  /** Whether sensitive changes are allowed without entering the password again. */
  readonly isRecent: boolean;
  readonly minPasswordLength: number;
  readonly hasSecondFactor: boolean;
  /** The form that came back with problems. */
  readonly form?: { readonly name: AccountForm; readonly state: FormState };
}

/** Everything about a user's own account, on one page. */
export function AccountPage(props: AccountPageProps) {
  const { user, isRecent, form, minPasswordLength } = props;
  const stateOf = (name: AccountForm): FormState => (form?.name === name ? form.state : {});
  return (
    <section class="account" aria-labelledby="account-title">
      <h1 id="account-title">Your account</h1>
      <ProfileSection user={user} state={stateOf("profile")} />
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

interface AccountSectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: Html;
}

function AccountSection({ id, title, children }: AccountSectionProps) {
  return (
    <section class="auth" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

interface SectionProps {
  readonly user: User;
  readonly state: FormState;
}

function ProfileSection({ user, state }: SectionProps) {
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
        <dt>Last login</dt>
        <dd>{user.lastLoginAt === null ? "Never" : <Moment at={user.lastLoginAt} />}</dd>
      </dl>
      <AuthForm
        action={`${paths.account}/profile`}
        id="profile"
        enctype="multipart/form-data"
        focus={["name", "picture"]}
        state={state}
        submit="Save profile"
      >
        <NameField value={user.name} />
        <PictureField />
        {user.avatarUrl ? <AuthField name="without_picture" label="Remove picture" type="checkbox" /> : null}
      </AuthForm>
    </AccountSection>
  );
}

function LockedSection() {
  return (
    <AccountSection id="locked" title="Email, password and two-step login">
      <p>To change these or delete your account, enter your password first.</p>
      <LinkButton href={leadingTo(paths.confirmPassword, paths.account)}>Enter your password</LinkButton>
    </AccountSection>
  );
}

function EmailSection({ user, state }: SectionProps) {
  return (
    <AccountSection id="email" title="Email">
      <AuthForm action={`${paths.account}/email`} id="email" focus={["email"]} state={state} submit="Change email">
        <AuthField
          name="email"
          label="New email"
          type="email"
          autocomplete="email"
          maxlength={maxEmailLength}
          hint={`We'll send a link to ${user.email} first, then one to the new address. Your email changes once you've confirmed both.`}
          required
        />
      </AuthForm>
    </AccountSection>
  );
}

function PasswordSection({ user, state, minLength }: SectionProps & { readonly minLength: number }) {
  return (
    <AccountSection id="password" title="Password">
      <AuthForm
        action={`${paths.account}/password`}
        id="password"
        focus={["current_password", "password", "password_confirmation"]}
        state={state}
        submit="Change password"
      >
        <HiddenUsername email={user.email} />
        <CurrentPasswordField name="current_password" label="Current password" />
        <NewPasswordFields minLength={minLength} />
      </AuthForm>
    </AccountSection>
  );
}

function SecondFactorSection({ isOn }: { readonly isOn: boolean }) {
  return (
    <AccountSection id="second-factor" title="Two-step login">
      <p>
        {isOn
          ? "On: you log in with your password and a code from your authenticator app."
          : "Off: you log in with your password only."}
      </p>
      <LinkButton href={paths.secondFactor}>{isOn ? "Manage two-step login" : "Turn on two-step login"}</LinkButton>
    </AccountSection>
  );
}

function SessionsSection({ sessions, currentId }: AccountPageProps) {
  return (
    <AccountSection id="sessions" title="Where you're logged in">
      <ul class="sessions">
        {sessions.map((session) => (
          <SessionRow session={session} isCurrent={session.id === currentId} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <AuthForm
          action={`${paths.account}/sessions/revoke-others`}
          id="revoke-others"
          submit="Log out everywhere else"
          kind="secondary"
        />
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
          {session.address ?? "Unknown address"}, last used <Moment at={session.lastSeenAt} />
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
  return (
    <AccountSection id="delete" title="Delete your account">
      <p>Your account is deleted immediately. This can't be undone.</p>
      <AuthForm
        action={`${paths.account}/delete`}
        id="delete"
        focus={["confirmation"]}
        state={state}
        submit="Delete my account"
        kind="danger"
      >
        <AuthField name="confirmation" label={`Enter ${user.email} to confirm`} autocomplete="off" required />
      </AuthForm>
    </AccountSection>
  );
}

function LinkButton({ href, children }: { readonly href: string; readonly children: Html }) {
  return (
    <p class="actions">
      <a class="button secondary" href={href}>
        {children}
      </a>
    </p>
  );
}

/** A time in UTC to the minute, machine-readable too. */
function Moment({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString();
  return <time datetime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}</time>;
}
