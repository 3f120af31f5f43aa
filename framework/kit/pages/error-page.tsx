export interface ErrorProps {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
}

/** What a visitor sees of an error: a sentence, and the id under which the log has the rest. */
export function ErrorPage({ status, text, requestId }: ErrorProps) {
  return (
    <section class="error-page">
      <p class="error-status">{status}</p>
      <h1>{text}</h1>
      <p>
        <a href="/">Go to the start page</a>
      </p>
      {status >= 500 && requestId ? <RequestId id={requestId} /> : null}
    </section>
  );
}

/** The same as one line for the flash area, where htmx answers put it. */
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
