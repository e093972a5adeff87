/** A gateway in front of the API: what it answers to a client that asks too often. */
import type { HttpResponse } from "./http-values.ts";
import type { Choices } from "./options.ts";

export function throttled({ gateway }: Choices, error: () => HttpResponse): HttpResponse {
  const headers = { "retry-after": "0" };
  if (gateway.form === "error") return { ...error(), headers };
  return {
    status: gateway.status,
    headers: { ...headers, "content-type": "text/html" },
    text: "<h1>Try again later</h1>",
  };
}
