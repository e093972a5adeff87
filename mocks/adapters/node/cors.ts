/** Cross-origin requests. Pages of every origin are allowed: the API is a mock and uses no cookies. */
import type { IncomingHttpHeaders } from "node:http";
import type { PlainResponse } from "../../http/message.ts";

export function corsHeaders(origin: string): Record<string, string> {
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", vary: "origin" };
}

/** The response to a preflight request; undefined for any other request. */
export function preflight(method: string, headers: IncomingHttpHeaders): PlainResponse | undefined {
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || headers.origin === undefined || wanted === undefined) return undefined;
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
      "access-control-max-age": "600",
    },
    body: "",
  };
}
