import { Field, Form, type OldInput, type Problems } from "buffkit";

export interface FeedbackPageProps {
  readonly problems?: Problems;
  readonly old?: OldInput;
}

export function FeedbackPage({ problems, old }: FeedbackPageProps) {
  return (
    <section class="panel">
      <h1>Feedback</h1>
      <Form id="feedback" action="/feedback" problems={problems} old={old}>
        <Field name="email" type="email" label="Your email" required autocomplete="email" />
        <Field name="text" type="textarea" label="Your message" required rows={6} maxlength={4000} />
        <button type="submit">Send</button>
      </Form>
    </section>
  );
}
