import { paths } from "../paths.ts";
import { AccountSection } from "./account-section.tsx";

/** Whether logging in takes a second step, and the way to change it. */
export function SecondFactorSection({ isOn }: { readonly isOn: boolean }) {
  return (
    <AccountSection id="second-factor" title="Two-step log-in">
      <p>
        {isOn ? "On: a log-in also asks for a code of your authenticator app." : "Off: your password alone logs in."}
      </p>
      <p class="actions">
        <a class="button secondary" href={paths.secondFactor}>
          {isOn ? "Recovery codes, or turn it off" : "Turn on two-step log-in"}
        </a>
      </p>
    </AccountSection>
  );
}
