import { done, form, type Part, rateLimit } from "buffkit";
import { z } from "zod";
import { feedbackMail } from "../../../mail/messages/feedback.tsx";

const feedbackForm = form({
  schema: z.object({
    email: z.email("Enter an email address we can reply to."),
    text: z.string().trim().min(1, "Write a message.").max(4000, "Use at most 4,000 characters."),
  }),
  fields: (f) => (
    <>
      <f.Field name="email" type="email" label="Your email" required autocomplete="email" />
      <f.Field name="text" type="textarea" label="Your message" required rows={6} maxlength={4000} />
      <f.Submit>Send</f.Submit>
    </>
  ),
});

/** A form that emails feedback to the team. */
export function feedback(teamAddress: string): Part {
  return {
    name: "feedback",
    mount(app, { limiter, mail }) {
      const atMost = rateLimit({ limiter, name: "feedback", limit: 5, windowMs: 60_000 });

      app.get("/feedback", (c) => c.render(<FeedbackPage />, { title: "Feedback" }));

      app.post(
        "/feedback",
        atMost,
        feedbackForm.handle(async ({ data }) => {
          await mail.sendLater(feedbackMail({ to: teamAddress, from: data.email, text: data.text }));
          return done({ flash: "Thank you. Your feedback has been sent." });
        }),
      );
    },
  };
}

function FeedbackPage() {
  return (
    <section class="panel">
      <h1>Feedback</h1>
      <feedbackForm.Form action="/feedback" />
    </section>
  );
}
