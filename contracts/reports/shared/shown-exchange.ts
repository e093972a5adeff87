/** The one exchange of a case that shows a violation. */
import type { ReportedCase, ReportedExchange, Violation } from "../report.ts";

export interface ShownExchange {
  readonly exchange: ReportedExchange;
  readonly index: number;
  /** The number of exchanges of the case. */
  readonly total: number;
}

/** By default the last exchange; undefined for a case without one. */
export function shownExchange(
  { exchanges }: Pick<ReportedCase, "exchanges">,
  violation?: Pick<Violation, "exchange">,
): ShownExchange | undefined {
  const total = exchanges.length;
  const named = violation?.exchange ?? total - 1;
  const index = named < total ? named : total - 1;
  const exchange = exchanges[index];
  return exchange === undefined ? undefined : { exchange, index, total };
}

/** Such as "request 2 of 3 with X-L: zh"; empty for the only request if it names no language. */
export function requestLabel({ exchange, index, total }: ShownExchange): string {
  const place = total === 1 ? "request" : `request ${index + 1} of ${total}`;
  const language = languageOf(exchange);
  if (language.length > 0) return `${place} with ${language.join(", ")}`;
  return total === 1 ? "" : place;
}

/** The headers that choose the language of a response. */
const LANGUAGE_HEADERS: ReadonlySet<string> = new Set(["x-l", "x-authing-lang"]);

/** The header that chooses the language, such as "X-L: zh". */
export function languageOf({ request }: ReportedExchange): readonly string[] {
  const named = Object.entries(request.headers).filter(([name]) => LANGUAGE_HEADERS.has(name.toLowerCase()));
  return named.map(([name, value]) => `${name}: ${value}`);
}
