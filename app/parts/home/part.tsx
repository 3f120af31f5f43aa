import type { Part } from "buffkit";
import { HomePage } from "./home-page.tsx";

/** The public start page. */
export const home: Part = {
  name: "home",
  mount(app) {
    app.get("/", (c) =>
      c.render(<HomePage isLoggedIn={c.var.user !== null} />, {
        title: "A board that moves with your team",
        description: "A small team board: every card that somebody moves, moves in every open page.",
      }),
    );
  },
};
