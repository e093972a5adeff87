/** What to paste into the list of known failures, so that a run without news is green. */
import type { ReportedCase } from "../report.ts";
import { clipped, oneLine } from "./visible-text.ts";

const LONGEST_REASON = 120;

/** A reason that the target has a part in must not set the entry's own term. */
const term = /until(?==)/gi;

export function knownFailingLine({ id, reason, title }: ReportedCase): string {
  return `${oneLine(id)}  # ${oneLine(clipped(reason || title, LONGEST_REASON))
    .replace(term, "$& ")
    .trim()}`;
}
