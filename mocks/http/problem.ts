/** Problem documents (RFC 9457): the project's own errors, as opposed to those of the emulated API. */
import { StoreUnavailable } from "../core/store.ts";
import type { PlainResponse } from "./message.ts";

export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [more: string]: unknown;
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): PlainResponse {
  return {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(problem),
  };
}

/** An error of the control protocol. In process it is thrown; over HTTP it becomes a problem document. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** The response while the store is away. Throws any other error. */
export function storeIsAway(error: unknown): PlainResponse {
  if (!(error instanceof StoreUnavailable)) throw error;
  const detail = `${error.message}. Send the request again later. Whether this one was carried out is unknown.`;
  return problemResponse({ title: "The store is not available", status: 503, detail }, { "retry-after": "1" });
}
