/** The line to paste into the list of known failures. */
import type { ReportedCase } from "../report.ts";
import { clipped, oneLine } from "./visible-text.ts";

const LONGEST_REASON = 120;

/** A reason may contain text from the target, which must not set the `until` of the entry. */
const term = /until(?==)/gi;

export function knownFailingLine({ id, reason, title }: ReportedCase): string {
  return `${oneLine(id)}  # ${oneLine(clipped(reason || title, LONGEST_REASON))
    .replace(term, "$& ")
    .trim()}`;
}
