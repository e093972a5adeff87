/** The blocked cases on the terminal: their names by missing capability, or only numbers if there are many. */
import type { ReportedCase } from "../report.ts";
import { type BlockedGroup, byMissing, groupedBy, nameOf } from "../shared/grouping.ts";
import { oneLine } from "../shared/visible-text.ts";
import { capabilitiesText, casesText } from "../shared/words.ts";
import { wrappedLine } from "./wrapped-line.ts";

/** More lines than this hide the rest of the output. */
const MOST_LINES = 40;
const MOST_CAPABILITIES = 8;

/** `shown` makes a text of the target fit for a line. */
export function blockedLines(blocked: readonly ReportedCase[], shown: (text: string) => string): string[] {
  const groups = byMissing(blocked);
  const lines = groups.flatMap((group) => detailed(group, shown).split("\n"));
  if (lines.length <= MOST_LINES) return lines;
  const others = groups.filter(({ missing }) => missing.length === 0);
  return [
    ...others.map(({ reason, cases }) => `  ${casesText(cases.length)}: ${shown(reason)}`),
    ...byCapability(groups.filter(({ missing }) => missing.length > 0)),
  ];
}

function detailed({ missing, reason, cases }: BlockedGroup, shown: (text: string) => string): string {
  const verb = cases.length === 1 ? "needs" : "need";
  const cause = missing.length === 0 ? `: ${shown(reason)}` : ` ${verb} ${oneLine(capabilitiesText(missing))}:`;
  const operations = [...groupedBy(cases, ({ operation }) => operation)].map(([operation, group]) =>
    wrappedLine(`    ${oneLine(operation)}: `, [group.map((one) => oneLine(nameOf(one))).join(", ")]),
  );
  return [`  ${casesText(cases.length)}${cause}`, ...operations].join("\n");
}

/** How many cases lack each capability. A case can lack more than one. */
function byCapability(groups: readonly BlockedGroup[]): string[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { missing, cases } of groups) {
    total += cases.length;
    for (const one of missing) counts.set(one, (counts.get(one) ?? 0) + cases.length);
  }
  const most = [...counts].sort(([, one], [, other]) => other - one);
  const parts = most.map(([one, count]) => `${oneLine(capabilitiesText([one]))} (${count})`);
  const shown = [...parts.slice(0, MOST_CAPABILITIES), ...(parts.length > MOST_CAPABILITIES ? ["and others"] : [])];
  return [
    wrappedLine(`  ${casesText(total)} lack one or more of: `, [shown.join(", ")]),
    "  Each report that --report writes has their names.",
  ];
}
