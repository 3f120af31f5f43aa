// Guards and routes of parts: what handlers know, and each wrong use, which must be an error.
import {
  createGuard,
  type Guard,
  type Handler,
  type LoggedIn,
  type Part,
  type PartApp,
  RequireGuest,
  RequireLogin,
  RequireRecentLogin,
  RequireRole,
  RequireVerifiedEmail,
  rateLimit,
  type Session,
  type User,
} from "buffkit";
import { Hono } from "hono";
import { validator } from "hono/validator";

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const is = <_Fact extends true>() => undefined;

interface Team {
  readonly name: string;
}
async function teamOf(user: User): Promise<Team | null> {
  return user.role === "member" ? { name: "Blue" } : null;
}

const RequireTeam = createGuard({
  name: "RequireTeam",
  after: RequireLogin,
  async allows(c) {
    is<Equal<typeof c.var.user.email, string>>();
    const team = await teamOf(c.var.user);
    return team && { team };
  },
});
// @ts-expect-error: a guard decides; it doesn't answer with text.
createGuard({ name: "RequireLuck", allows: () => "yes" });
const named: Guard<LoggedIn & { team: Team }> = RequireTeam;
void named;

/** A handler in a file of its own. */
const show: Handler<"/boards/:board", LoggedIn> = (c) => {
  const board = c.req.param("board");
  is<Equal<typeof board, string>>();
  return c.text(`${c.var.user.name} ${board}`);
};
const list: Handler = (c) => c.text(c.var.user?.name ?? "nobody");
// @ts-expect-error: a handler returns a response.
const silent: Handler = (c) => void c.text("lost");
void silent;

export const part: Part = {
  name: "typed",
  mount(app, kit) {
    app.get("/boards/:board", RequireLogin, (c) => {
      is<Equal<typeof c.var.kit, typeof kit>>();
      const id = c.req.param("board");
      is<Equal<typeof id, string>>();
      const { user, session } = c.var;
      // One by one: what a guard says is added to what is known.
      const known: { user: User; session: Session } = { user, session };
      return c.text(known.user.name + known.session.id);
    });
    app.get("/open/:a/:b", (c) => {
      is<Equal<typeof c.var.user, User | null>>();
      const { a, b } = c.req.param();
      is<Equal<typeof a | typeof b, string>>();
      // @ts-expect-error: nobody may be logged in.
      c.var.user.email;
      // @ts-expect-error: the path has no such parameter.
      c.req.param("slug").length;
      return c.text("ok");
    });
    app
      .post("/three/:id", RequireLogin, RequireTeam, RequireVerifiedEmail, async (c) => {
        is<Equal<typeof c.var.team, Team>>();
        const id = c.req.param("id");
        is<Equal<typeof id, string>>();
        return c.text(`${c.var.user.email} ${c.var.team.name}`);
      })
      .put("/team", RequireTeam, (c) => c.text(c.var.user.name + c.var.team.name))
      .patch("/recent", RequireRecentLogin, (c) => c.text(c.var.session.id))
      .delete("/admin", RequireRole("admin"), (c) => c.text(c.var.user.name))
      .get("/guests", RequireGuest, (c) => c.text("guest"));

    const limit = rateLimit({ limiter: kit.limiter, name: "typed", limit: 1, windowMs: 1000 });
    app.post("/limited", RequireLogin, limit, (c) => {
      // @ts-expect-error: middleware without declared variables doesn't make them of any type.
      c.var.nonsense;
      return c.text(c.var.user.name);
    });
    const readQuery = validator("query", (value) => ({ page: Number(value.page) }));
    app.get("/validated/:id", RequireLogin, readQuery, (c) => c.text(String(c.req.valid("query").page + 1)));

    app.get("/boards/:board", RequireLogin, show);
    app.get("/boards", list);
    app.get("/boards", RequireLogin, list);
    app.get("/boards/:board", RequireTeam, show);
    app.get("/boards/:board", RequireLogin, limit, show);
    // @ts-expect-error: the path lacks a parameter that the handler reads.
    app.get("/boards/:card", RequireLogin, show);
    // @ts-expect-error: the handler needs a user, and limiting doesn't check that there is one.
    app.get("/boards/:board", limit, show);
    // @ts-expect-error: the handler needs a user, and nobody checks that there is one.
    app.get("/boards/:board", show);
    // @ts-expect-error: a handler that forgets its `return`.
    app.get("/forgotten", (c) => void c.text("lost"));
    // @ts-expect-error: also after a guard.
    app.get("/forgotten", RequireLogin, async (c) => void c.text("lost"));
    // @ts-expect-error: also when only one branch forgets it.
    app.get("/forgotten", RequireLogin, RequireTeam, (c) => {
      if (c.var.team) return c.text("found");
    });

    app.use(RequireLogin).use("/members/*", RequireLogin, limit).get("/members", list);
    const members = new Hono<{ Variables: LoggedIn }>();
    members.use(RequireLogin);
    members.get("/names", (c) => c.text(c.var.user.name));
    app.route("/members", members);
    app.on("GET", "/several", (c) => c.text("ok"));
    mountElsewhere(app);
    app.notFound((c) => c.text("gone", 404));
    app.onError((_error, c) => c.text("broken", 500));
  },
};

function mountElsewhere(app: PartApp): void {
  app.get("/elsewhere/:id", (c) => c.text(c.req.param("id")));
}

/** A part may still be written against Hono itself. */
export const older: Part = {
  name: "older",
  mount(app: Hono) {
    app.get("/older", RequireLogin, (c) => c.text(c.var.user.name));
  },
};
export class OlderPart implements Part {
  readonly name = "class";
  mount(app: Hono): void {
    app.get("/class", (c) => c.text("ok"));
  }
}
