/** The result of a request: the response, and for the journal the check that decided and why. */
import type { PlainRequest, PlainResponse } from "../http/message.ts";
import { problemResponse } from "../http/problem.ts";

export interface Decision {
  readonly response: PlainResponse;
  readonly operation: string | null;
  /** The check that refused, or `passed`, `fault`, `wrong-method` and the like. */
  readonly decidedBy: string;
  readonly why: string;
  readonly injected?: true;
  readonly delayMs?: number;
  /** Set if the request gets no response. */
  readonly hangs?: true;
}

export function wrongMethod({ method, path }: PlainRequest, methods: readonly string[]): Decision {
  const allow = methods.join(", ");
  const why = `${path} accepts ${allow} only`;
  const response = problemResponse({ title: `${method} is not allowed here`, status: 405, detail: why }, { allow });
  return { response: response, operation: null, decidedBy: "wrong-method", why };
}

export function notEmulated(
  { method, path }: PlainRequest,
  { closest, emulated }: { closest: string; emulated: readonly string[] },
): Decision {
  const title = `${method} ${path} is not emulated`;
  const response = problemResponse({ title, status: 404, detail: `Closest: ${closest}`, closest, emulated });
  return { response: response, operation: null, decidedBy: "not-emulated", why: `closest: ${closest}` };
}
