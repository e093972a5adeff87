/** Stays connected to a sandbox's events: begins anew when the server was away. Knows nothing of the page. */
import { listening, Refusal } from "./control.js";

/** @import { Access } from "./control.js" */
/** @import { ControlEvent } from "./control-call.d.ts" */

/**
 * @typedef {object} Listener
 * @property {() => void} opened  The server listens: what is shown must be read anew.
 * @property {(event: ControlEvent) => void} heard
 * @property {() => void} lost  The server is away, and is tried again.
 * @property {(refusal: Refusal) => void} refused  It wants its token, or has no such sandbox; it is not tried again.
 */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * @param {Access} access
 * @param {Listener} listener
 */
export function connect(access, listener) {
  const closed = new AbortController();
  let hurry = () => {};

  /** @param {number} failures */
  function pause(failures) {
    return new Promise((resolve) => {
      const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      const timer = setTimeout(resolve, ms);
      hurry = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  async function listen() {
    for await (const event of await opened()) listener.heard(event);
  }

  let failures = 0;
  async function opened() {
    const events = await listening(access, closed.signal);
    failures = 0;
    listener.opened();
    return events;
  }

  async function stay() {
    while (!closed.signal.aborted) {
      const refusal = await listen().then(refusalIn, refusalIn);
      if (closed.signal.aborted) return;
      if (refusal !== undefined) return listener.refused(refusal);
      listener.lost();
      await pause(failures++);
    }
  }

  const tryNow = () => hurry();
  addEventListener("online", tryNow, { signal: closed.signal });
  stay();
  return {
    /** Ends the pause before the next attempt. */
    tryNow,
    close() {
      closed.abort();
      hurry();
    },
  };
}

/**
 * What a gateway or a dev server says while the server starts is no refusal of the server's own.
 * @param {unknown} error
 */
function refusalIn(error) {
  return error instanceof Refusal && error.status < 500 ? error : undefined;
}
