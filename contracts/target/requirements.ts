/**
 * What a case takes of a target. A need is a text: alternatives joined by "|", what belongs together in one of them by "+",
 * each a capability, such as "codes|messages+captcha-answer".
 */
import type { Capability } from "./target.ts";

export type Requirement = string;

/** An account that is signed in. */
export const SIGNED_IN: readonly Requirement[] = ["accounts", "tokens"];
/** A pass token of the captcha. */
export const CAPTCHA_PASS: Requirement = "captcha-tokens|captcha-answer";
/** A verification code for a receiver and a scene. */
export const CODE: Requirement = "codes|messages+captcha-tokens|messages+captcha-answer";
/** A verification code that the API itself has sent. */
export const SENT_CODE: readonly Requirement[] = ["messages", CAPTCHA_PASS];
/** The same, where no captcha stands before it. */
export const OPEN_CODE: Requirement = "codes|messages";
/** Two different codes for one receiver and scene, one after the other. */
export const secondCode = (code: Requirement = CODE): readonly Requirement[] => [
  code,
  "codes|clock|policy",
  "unique-codes",
];
/** A code that was good once, and is not any more. */
export const expiringCode = (code: Requirement = CODE): readonly Requirement[] => [code, "codes|clock"];

/** Of the needs, what is missing: each as the smallest additions that would do. Empty when the case can be driven. */
export function missingOf(needs: readonly Requirement[], offered: ReadonlySet<Capability>): readonly string[] {
  const missing = needs.map((need) => smallestAdditions(need, offered)).filter((addition) => addition !== "");
  return [...new Set(missing)];
}

function smallestAdditions(need: Requirement, offered: ReadonlySet<Capability>): string {
  const additions = need.split("|").map((way) => way.split("+").filter((name) => !offered.has(name as Capability)));
  const fewest = Math.min(...additions.map((names) => names.length));
  return [...new Set(additions.filter((names) => names.length === fewest).map((names) => names.join("+")))].join("|");
}
