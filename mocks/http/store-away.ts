/** What a request gets while the store of the state cannot be reached. */
import { StoreUnavailable } from "../core/store.ts";
import type { PlainResponse } from "./message.ts";
import { problemResponse } from "./problem.ts";

/** The response while the store is away. Throws any other error. */
export function storeIsAway(error: unknown): PlainResponse {
  if (!(error instanceof StoreUnavailable)) throw error;
  const detail = `${error.message}. Send the request again later. Whether this one was carried out is unknown.`;
  return problemResponse({ title: "The store is not available", status: 503, detail }, { "retry-after": "1" });
}
