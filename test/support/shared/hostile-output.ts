/** Texts that a terminal or a CI system would obey, and the check that a printed text has none of them. */
import { expect } from "vitest";

export const hostileOutputs: readonly (readonly [what: string, text: string])[] = [
  ["a colour", "\u001b[31mred\u001b[0m"],
  ["a cleared screen", "\u001b[2J\u001b[H"],
  ["a window title", "\u001b]0;owned\u0007"],
  ["a link", "\u001b]8;;https://evil.example\u001b\\safe\u001b]8;;\u001b\\"],
  ["a C1 control sequence", "\u009b31mred"],
  ["a C1 system command", "\u009d0;owned\u009c"],
  ["a carriage return", "right\rwrong"],
  ["a backspace", "right\b\b\b\b\bwrong"],
  ["a delete character", "a\u007fb"],
  ["a null character", "a\u0000b"],
  ["a bidi override", "a\u202eb\u202c"],
  ["a bidi isolate", "a\u2066b\u2069"],
  ["a zero-width space", "a\u200bb"],
  ["a zero-width joiner", "a\u200db"],
  ["a byte order mark", "\ufeffa"],
  ["a tag character", "a\u{e0041}b"],
  ["a line separator", "a\u2028b\u2029c"],
  ["a lone surrogate", "a\ud800b"],
  ["a GitHub command", "::error title=x::owned"],
  ["a GitHub command on a line of its own", "a\n  ::set-output name=x::owned"],
  ["an old GitHub command", "a ##[error]owned"],
  ["an Azure command", "a ##vso[task.setvariable variable=x]owned"],
  ["a TeamCity command", "##teamcity[buildStatus status='FAILURE']"],
  ["a GitLab section", "\u001b[0Ksection_start:1:x\r\u001b[0Kowned"],
  ["a Travis section", "travis_fold:start:x\rowned"],
  ["a Buildkite section", "+++ owned"],
  ["a Buildkite section on a line of its own", "a\n--- owned\n~~~ owned\n^^^ +++"],
];

/** Fails if the text has a character that cannot be seen. */
export function expectVisible(text: string): void {
  expect(text).not.toMatch(/[^\n\t\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u);
}

/** Fails also for a line that a CI system would obey. */
export function expectPrintable(text: string): void {
  expectVisible(text);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/##(\w*)\[/);
  expect(text).not.toMatch(/^(---|\+\+\+|~~~|\^\^\^) /m);
}
