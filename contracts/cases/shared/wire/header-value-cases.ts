/** Headers that are repeated, or that have values a careless server trips over. */

import { universal } from "../../../spec/basis.ts";
import type { HeaderLine } from "../../../target/transport.ts";
import type { Case } from "../../../world/case.ts";
import { expectRefusal, expectRefused } from "../../../world/expect.ts";
import type { Draft, World } from "../../../world/world.ts";
import { withHeader } from "../../field-cases.ts";
import { caseOf, type Fixture, leavesAlone, type RequestMutation, type Scenario } from "../../scenario.ts";
import { mutatedDraft, sendOdd } from "./sending.ts";

export function headerValueCases<S extends Fixture>(
  scenario: Scenario<S>,
  refused: RequestMutation<S>,
  clientHeader: string,
): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "near-client-ids",
        title: "A client id that only resembles the right one is refused as unknown",
        category: "security",
        check: "client-unknown",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          for (const id of nearClientIds(world.clientId)) {
            expectRefusal(world, await world.send(withHeader(draft, clientHeader, id), "en"), "client-unknown", "en");
          }
        }),
    ),
    caseOf(
      scenario,
      {
        name: "odd-headers",
        title: "A request that is refused is refused with unusual headers too",
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world }) => {
          const broken = await mutatedDraft(fixture, refused);
          for (const [name, value] of ODD_HEADERS) {
            const draft = { ...broken, headers: { ...broken.headers, [name]: value } };
            const reply = await sendOdd(world, draft, `the header ${name}: ${value}`);
            if (reply !== undefined) expectRefused(world, reply, `a wrong request with ${name}: ${value}`);
          }
        }),
    ),
    caseOf(
      scenario,
      {
        name: "repeated-headers",
        title: "A request that is refused is refused with each of its headers sent twice",
        category: "boundary",
        basis: REPEATED,
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world }) => {
          const broken = await mutatedDraft(fixture, refused);
          for (const line of Object.entries(broken.headers)) await isStillRefused(world, broken, line);
        }),
    ),
  ];
}

const REPEATED = universal("A header that is sent twice does not get around a check.");

async function isStillRefused(world: World, draft: Draft, [name, value]: HeaderLine): Promise<void> {
  for (const again of [value, "x"]) {
    const what = `the header ${name} twice`;
    const reply = await sendOdd(world, { ...draft, moreHeaders: [[name, again]] }, what);
    if (reply !== undefined) expectRefused(world, reply, what);
  }
}

function nearClientIds(clientId: string): readonly string[] {
  return [
    clientId.slice(0, Math.ceil(clientId.length / 2)),
    `${clientId}x`,
    `${clientId},${clientId}x`,
    "__proto__",
    "constructor",
    "toString",
    "*",
    "%",
    "' OR '1'='1",
    "null",
    "undefined",
  ];
}

const ODD_HEADERS: readonly HeaderLine[] = [
  ["accept", "text/html"],
  ["accept", "application/xml"],
  ["accept", "nonsense"],
  ["accept-encoding", "identity;q=0, *;q=0"],
  ["accept-language", "x".repeat(1_000)],
  ["cookie", "session=%00; =; x"],
  ["if-none-match", "*"],
  ["origin", "https://evil.example"],
  ["range", "bytes=0-0"],
  ["x-forwarded-for", "not an address"],
  ["x-forwarded-host", "evil.example"],
  ["x-http-method-override", "DELETE"],
  ["user-agent", "x".repeat(2_000)],
  ["x-unknown", "é".repeat(100)],
];
