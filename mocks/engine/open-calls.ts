/** Bounds the control calls that stay open: each of them costs memory, and a call that is not ended stays for ever. */
import { ControlError } from "../http/problem.ts";

export interface OpenCalls {
  /** Calls that wait for a message. */
  readonly waits: Bound;
  /** Streams of events. */
  readonly streams: Bound;
}

interface Bound {
  readonly limit: number;
  open: number;
}

export function openCalls(): OpenCalls {
  return { waits: { limit: 2_000, open: 0 }, streams: { limit: 1_000, open: 0 } };
}

/** Counts a call until the returned function is called. Throws a `ControlError` with status 503 beyond the limit. */
export function enter(bound: Bound, what: string): () => void {
  if (bound.open >= bound.limit) {
    const detail = `the mock has ${bound.limit} ${what}, and takes no more; end some of them`;
    throw new ControlError({ title: "Too many open calls", status: 503, detail });
  }
  bound.open += 1;
  let isOpen = true;
  return () => {
    if (isOpen) bound.open -= 1;
    isOpen = false;
  };
}
