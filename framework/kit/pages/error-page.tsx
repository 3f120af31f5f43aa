export interface ErrorProps {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
}

/** What a visitor sees of an error: a sentence and, for a server error, the request id to look up in the log. */
export function ErrorPage({ status, text, requestId }: ErrorProps) {
  return (
    <section class="error-page">
      <p class="error-status">{status}</p>
      <h1>{text}</h1>
      <p>
        <a href="/">Go to the home page</a>
      </p>
      {status >= 500 && requestId ? <RequestId id={requestId} /> : null}
    </section>
  );
}

/** The same in one line, for the flash area of a page that made an htmx request. */
export function ErrorFragment({ status, text, requestId }: ErrorProps) {
  return (
    <p class="bk-flash bk-flash-error" role="alert" data-kind="error">
      {text} {status >= 500 && requestId ? <RequestId id={requestId} /> : null}
    </p>
  );
}

function RequestId({ id }: { readonly id: string }) {
  return (
    <small class="request-id">
      Request <code>{id}</code>
    </small>
  );
}
