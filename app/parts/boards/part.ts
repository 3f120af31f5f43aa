import { type Part, RequireVerifiedEmail } from "buffkit";
import { mountBoards } from "./board-routes.tsx";
import { mountCards } from "./card-routes.tsx";

/** The team's boards: everyone with a verified address can see and change all of them. */
export const boards: Part = {
  name: "boards",
  topics: { boards: RequireVerifiedEmail, "board:*": RequireVerifiedEmail },
  mount(app, kit) {
    mountBoards(app, kit);
    mountCards(app, kit);
  },
};
