import { AsyncLocalStorage } from "node:async_hooks";
import { RequestContext } from "hono/jsx-renderer";
import { noRequest, raw, renderHtml } from "../../html/index.ts";
import type { Sealed } from "./private.ts";
import type { RegionDefinition, RegionView } from "./region.ts";

/** Runs work as if no request, transaction or rendering were going on around it. */
export class Outside {
  readonly #run: <T>(work: () => T) => T;

  /** Made where none of these is going on. */
  constructor() {
    this.#run = AsyncLocalStorage.snapshot();
  }

  run<T>(work: () => T): T {
    return this.#run(work);
  }
}

/** Markup that was made once for many people, and whether it would be the same for those of another class. */
export interface SharedMarkup {
  readonly html: string;
  readonly asksAudience: boolean;
}

interface SharedView {
  readonly params: unknown;
  readonly audience: string;
  /** Expands `<bk-…>` tags, which in pages happens to the whole response, and knows the visitor. */
  readonly expand: (html: string) => string | Promise<string>;
}

/** Draws a region for one class of people. Throws `LIVE_READS_VIEWER` if it asks for the request. */
export async function renderShared(
  region: RegionDefinition,
  data: unknown,
  { params, audience, expand }: SharedView,
): Promise<SharedMarkup> {
  let asksAudience = false;
  const view: RegionView<unknown, string> = {
    params,
    get audience() {
      asksAudience = true;
      return audience;
    },
    reveal: <T,>(value: Sealed<T, string>) => value.open(view.audience),
  };
  const Shown = async () => raw(await expand(await renderHtml(await region.render(data, view))));
  const html = await renderHtml(
    <RequestContext.Provider value={noRequest}>
      <Shown />
    </RequestContext.Provider>,
  );
  return { html, asksAudience };
}
