/** Problem documents (RFC 9457): the project's own errors, as opposed to those of the emulated API. */
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
