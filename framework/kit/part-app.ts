import type { Context, Env, Hono, Input, MiddlewareHandler } from "hono";
import type { ParamKeys } from "hono/types";

/**
 * What a part adds its routes to: Hono, with stricter types for routes. Every handler has to return a response, its path parameters are
 * typed, and its variables are those that the guards before it have checked.
 */
export interface PartApp extends Hono {
  get: RouteMethod;
  post: RouteMethod;
  put: RouteMethod;
  patch: RouteMethod;
  delete: RouteMethod;
  options: RouteMethod;
  query: RouteMethod;
  all: RouteMethod;
  /**
   * Adds middleware to all paths, or to those that match. Routes can't know which middleware runs before them: to use `c.var.user` as
   * a `User`, name the guard on the route as well.
   */
  use: UseMethod;
}

/** A handler in a file of its own: `const show: Handler<"/boards/:board", LoggedIn> = (c) => …`. */
export type Handler<Path extends string = string, Variables extends object = NoVariables> = RouteHandler<
  Path,
  { Variables: Variables }
>;

export interface UseMethod {
  /** Makes the method assignable to Hono's own, which accepts more. Nothing can call it, as no app is `never`. */
  (this: never, ...handlers: readonly unknown[]): never;
  (...middleware: readonly MiddlewareHandler[]): PartApp;
  (path: string, ...middleware: readonly MiddlewareHandler[]): PartApp;
}

/** Adds a handler to a path, with up to four guards or other middleware before it. */
export interface RouteMethod {
  /** Makes the method assignable to Hono's own, which accepts more. Nothing can call it, as no app is `never`. */
  (this: never, ...handlers: readonly unknown[]): never;
  <P extends string>(path: P, handler: RouteHandler<NoInfer<P>, NoEnv>): PartApp;
  <P extends string, E1 extends Env, I1 extends Input = EmptyInput>(
    path: P,
    first: MiddlewareHandler<E1, P, I1>,
    handler: RouteHandler<NoInfer<P>, Known<E1>, I1>,
  ): PartApp;
  <P extends string, E1 extends Env, E2 extends Env, I1 extends Input = EmptyInput, I2 extends Input = EmptyInput>(
    path: P,
    first: MiddlewareHandler<E1, P, I1>,
    second: MiddlewareHandler<E2, P, I2>,
    handler: RouteHandler<NoInfer<P>, Known<E1> & Known<E2>, I1 & I2>,
  ): PartApp;
  <
    P extends string,
    E1 extends Env,
    E2 extends Env,
    E3 extends Env,
    I1 extends Input = EmptyInput,
    I2 extends Input = EmptyInput,
    I3 extends Input = EmptyInput,
  >(
    path: P,
    first: MiddlewareHandler<E1, P, I1>,
    second: MiddlewareHandler<E2, P, I2>,
    third: MiddlewareHandler<E3, P, I3>,
    handler: RouteHandler<NoInfer<P>, Known<E1> & Known<E2> & Known<E3>, I1 & I2 & I3>,
  ): PartApp;
  <
    P extends string,
    E1 extends Env,
    E2 extends Env,
    E3 extends Env,
    E4 extends Env,
    I1 extends Input = EmptyInput,
    I2 extends Input = EmptyInput,
    I3 extends Input = EmptyInput,
    I4 extends Input = EmptyInput,
  >(
    path: P,
    first: MiddlewareHandler<E1, P, I1>,
    second: MiddlewareHandler<E2, P, I2>,
    third: MiddlewareHandler<E3, P, I3>,
    fourth: MiddlewareHandler<E4, P, I4>,
    handler: RouteHandler<NoInfer<P>, Known<E1> & Known<E2> & Known<E3> & Known<E4>, I1 & I2 & I3 & I4>,
  ): PartApp;
  /** Handlers that name the variables they need, after the middleware that sets them. */
  <P extends string, M extends readonly MiddlewareHandler[], H extends string, V extends object>(
    path: P,
    ...handlers: [
      ...M,
      Handler<H, V> &
        Fits<P, H> &
        (VariablesOf<M> extends V ? unknown : "Variables of this handler are not set before it."),
    ]
  ): PartApp;
}

interface RouteHandler<P extends string, E extends Env, I extends Input = EmptyInput> {
  (c: Context<E, P, I>): Response | Promise<Response>;
  /** For the compiler only: a handler declared for one path doesn't fit another. */
  readonly path?: P;
}

type NoVariables = Record<never, never>;
interface NoEnv {
  Variables: NoVariables;
}
type EmptyInput = Record<never, never>;

/** Middleware that says nothing about its variables adds none; otherwise every variable would be of any type. */
type Known<E extends Env> = 0 extends 1 & E ? NoEnv : E;

/** Whether a path has every parameter that a handler for another path reads. */
type Fits<Path extends string, HandlerPath extends string> = [ParamKeys<HandlerPath>] extends [ParamKeys<Path>]
  ? unknown
  : "The path lacks parameters of this handler.";

/** The variables that all of the middleware sets. */
type VariablesOf<M extends readonly unknown[]> = M extends readonly [infer First, ...infer Rest]
  ? (First extends MiddlewareHandler<infer E> ? VariablesIn<Known<E>> : NoVariables) & VariablesOf<Rest>
  : NoVariables;

type VariablesIn<E extends Env> = E extends { Variables: infer V } ? V : NoVariables;
