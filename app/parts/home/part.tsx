import type { Part } from "buffkit";
import { HomePage } from "./home-page.tsx";

/** The public start page. */
export const home: Part = {
  name: "home",
  mount(app) {
    app.get("/", (c) =>
      c.render(<HomePage isLoggedIn={c.var.user !== null} />, {
        title: "A board that moves with your team",
        description: "A small team board: when someone moves a card, it moves on everyone’s screen.",
      }),
    );
  },
};
