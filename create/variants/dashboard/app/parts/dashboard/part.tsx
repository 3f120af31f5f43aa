import { type Part, RequireLogin } from "buffkit";

/** A page that requires a login. */
export const dashboard: Part = {
  name: "dashboard",
  mount(app) {
    app.get("/dashboard", RequireLogin, (c) =>
      c.render(<DashboardPage name={c.var.user.name} />, { title: "Dashboard" }),
    );
  },
};

function DashboardPage({ name }: { readonly name: string }) {
  return (
    <section>
      <h1>Hello, {name}</h1>
      <p class="lead">Only people who are logged in can see this page.</p>
    </section>
  );
}
