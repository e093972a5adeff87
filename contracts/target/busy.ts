/** The target takes no request at the moment: it returns 429 or 503, for the API or for a control call. */
import { type HttpResponse, TransportFailure } from "./transport.ts";

const TOO_MANY = 429;
const WORDS: ReadonlyMap<number, string> = new Map([
  [TOO_MANY, "too many requests"],
  [503, "unavailable"],
]);

export class Busy extends TransportFailure {
  readonly response: HttpResponse;
  readonly #what: string;

  /** `what` names the request, without its content. */
  constructor(what: string, response: HttpResponse, more = "") {
    super(`${what} returned ${response.status} (${WORDS.get(response.status)})${more}`);
    this.#what = what;
    this.response = response;
  }

  /** Whether all requests together are too many. */
  get isTooMany(): boolean {
    return this.response.status === TOO_MANY;
  }

  /** How long the target asks to wait; undefined if it does not say. */
  get retryAfterMs(): number | undefined {
    const { headers } = this.response;
    const text = headers["retry-after"]?.trim() ?? "";
    if (/^\d+$/.test(text)) return Number(text) * 1_000;
    // A date is compared with the date of the response, so that no clock is needed.
    // biome-ignore lint/style/noRestrictedGlobals: reads two given times, and does not ask what time it is
    const ms = Date.parse(text) - Date.parse(headers["date"] ?? "");
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
  }

  /** The request has been sent for the last time. */
  stillBusy(): Busy {
    return new Busy(this.#what, this.response, `, also after waiting${this.#advice()}`);
  }

  /** The target asks for more time than the suite waits. */
  tooLong(limitMs: number): Busy {
    const wish = `, and asks to wait longer than ${limitMs / 1_000} s`;
    return new Busy(this.#what, this.response, `${wish}${this.#advice()}`);
  }

  #advice(): string {
    return this.isTooMany ? "; --rate makes the run slower" : "";
  }
}

export function isBusy({ status }: HttpResponse): boolean {
  return WORDS.has(status);
}
