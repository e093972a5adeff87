/** What every view is given, and what it gives: the types of both. */

/** @import { Ask, Catalogue, ControlEvent } from "./control-call.d.ts" */
/** @import { Say } from "./words.js" */
/** @import { SandboxClock } from "./time.js" */

/**
 * @typedef {object} Session
 * @property {Ask} ask
 * @property {string | undefined} clientId  The sandbox; undefined for the default one.
 * @property {Say} say
 * @property {SandboxClock} clock
 * @property {() => Promise<Catalogue>} catalogue  Read once.
 * @property {(text: string) => void} tell  Shows and reads out a passing notice.
 * @property {(work: () => Promise<unknown>) => Promise<void>} attempt  Does it, and shows what stood in its way.
 */

/**
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {() => Promise<unknown>} load  Reads anew what is shown. Throws as calls do.
 * @property {(event: ControlEvent) => void} [heard]
 * @property {() => void} [tick]  Time has gone on.
 */

/**
 * Runs the work; asked again while it runs, it runs once more afterwards, however often it was asked.
 * @param {() => Promise<unknown>} work  Never rejects.
 */
export function coalesced(work) {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
}
