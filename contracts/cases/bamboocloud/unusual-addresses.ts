/** Addresses that are valid, but that careless software refuses, changes or trips over. */

import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefused, expectSuccess } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario } from "../scenario.ts";
import { otherThan } from "../shared/code-mutations.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { bodyOf, type ContactChange, type ContactChangeFixture } from "./contact-change.ts";

/** `word` makes each address unused. */
const VALID: readonly ((word: string) => string)[] = [
  (word) => `${word}+news@example.com`,
  (word) => `${word}.lovelace@example.com`,
  (word) => `${word}_1-x@example.com`,
  (word) => `o'${word}@example.com`,
  (word) => `${word}@mail.eu-west.example.com`,
  (word) => `${word}@xn--mnchen-3ya.example`,
  (word) => `${word}@example.technology`,
  (word) => `${word.padEnd(64, "x")}@example.com`,
];

/** With another alphabet or a quoted name. A server may take them or not. */
const RARE: readonly string[] = [
  "ada@münchen.example",
  "阿达@例子.公司",
  '"ada lovelace"@example.com',
  "ada@[127.0.0.1]",
  "ada%example.org@example.com",
  "ada😀@example.com",
  `${"a".repeat(65)}@example.com`,
  `ada@${"a".repeat(64)}.example`,
];

export function unusualAddresses(
  change: ContactChange,
  scenario: Scenario<ContactChangeFixture>,
): readonly [accepted: Case, survived: Case] {
  return [
    caseOf(
      scenario,
      {
        name: "unusual-addresses",
        title: "An address with a plus sign, a long name or a punycode domain is accepted and stored as it is",
        category: "boundary",
        basis: inferred("No page prints the rule for a valid address. These are valid by RFC 5321."),
      },
      async ({ world, draft, account }) => {
        if (world.target.freshReceiver !== undefined)
          throw new NotApplicable("codes can be read for the addresses of the target only");
        for (const made of VALID) {
          const code = await world.code({ to: made(world.random.letters(12)), scene: change.scene });
          const reply = await world.send({ ...draft, body: bodyOf(change, code) });
          if (expectSuccess(world, reply)) await expectReceiver(world, account, "email", code.to);
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: "rare-addresses",
        title: "An address in another alphabet or with a quoted name gets a readable response without its code",
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft, code }) => {
          for (const to of RARE) {
            const reply = await world.send({ ...draft, body: bodyOf(change, { ...code, to, code: otherThan(code) }) });
            expectRefused(world, reply, `the address ${to} without its code`);
          }
        }),
    ),
  ];
}
