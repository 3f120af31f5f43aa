import { type Part, RequireVerifiedEmail } from "buffkit";
import { BoardHead } from "./board-head.tsx";
import { BoardList } from "./board-list.tsx";
import { mountBoards } from "./board-routes.tsx";
import { CardNews } from "./card-news.tsx";
import { mountCards } from "./card-routes.tsx";
import { Column } from "./column.tsx";

/** The team's boards: everyone with a verified address can see all of them and change their cards. */
export const boards: Part = {
  name: "boards",
  live: [BoardList, BoardHead, Column, CardNews],
  topics: { "board:*": RequireVerifiedEmail },
  mount(app, kit) {
    mountBoards(app, kit);
    mountCards(app, kit);
  },
};
