import { type Kit, type Part, rateLimit, readForm, setFlash } from "buffkit";
import type { Context } from "hono";
import { z } from "zod";
import { feedbackMail } from "../../../mail/messages/feedback.tsx";
import { FeedbackPage } from "./feedback-page.tsx";

const feedbackForm = z.object({
  email: z.email("Enter an email address we can reply to."),
  text: z.string().trim().min(1, "Write a message.").max(4000, "Use at most 4,000 characters."),
});

/** A form that sends its text to the team by mail. */
export function feedback(teamAddress: string): Part {
  return {
    name: "feedback",
    mount(app, kit) {
      const atMost = rateLimit({ limiter: kit.limiter, name: "feedback", limit: 5, windowMs: 60_000 });
      app.get("/feedback", (c) => c.render(<FeedbackPage />, { title: "Feedback" }));
      app.post("/feedback", atMost, (c) => send(c, kit, teamAddress));
    },
  };
}

async function send(c: Context, kit: Kit, to: string): Promise<Response> {
  const form = await readForm(c, feedbackForm);
  if (!form.ok) {
    return c.render(<FeedbackPage problems={form.problems} old={form.old} />, { title: "Feedback", status: 422 });
  }
  const { email, text } = form.data;
  await kit.mail.sendLater(feedbackMail({ to, from: email, text }));
  setFlash(c, "success", "Thank you. Your feedback has been sent.");
  return c.redirect("/feedback", 303);
}
