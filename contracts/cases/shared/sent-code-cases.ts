/** Codes that were sent: they cannot be guessed, the response does not show them, and a refused request keeps them. */

import { inferred, universal } from "../../spec/basis.ts";
import type { Requirement } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefused, expectSuccess } from "../../world/expect.ts";
import { NotApplicable, NotArranged, type Reply, type World } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { expectHidden } from "./hidden.ts";
import { messageTextCases } from "./message-text-cases.ts";
import type { LimitedFixture } from "./send-limits.ts";
import { expectUnpredictable } from "./unpredictable.ts";

export interface SentFixture extends LimitedFixture {
  readonly to: string;
}

export interface SentCodes {
  /** The operation that takes the code, and what it requires. */
  readonly taker: string;
  readonly requires: readonly Requirement[];
  /** Expects that the operation accepts the code. */
  accepted(world: World, to: string, code: string): Promise<void>;
}

/** Enough to tell chance from a pattern. */
const SEVERAL = 5;

export function sentCodeCases<S extends SentFixture>(scenario: Scenario<S>, codes: SentCodes): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "codes-are-unpredictable",
        title: "The codes of several receivers follow no pattern",
        category: "security",
        requires: ["messages", "unique-codes"],
        basis: universal("A code that can be guessed proves nothing."),
      },
      async (first) => {
        const { world } = first;
        const sent = [await sentIn(first)];
        while (sent.length < SEVERAL) sent.push(await sentIn(await scenario.arrange(world)));
        if (new Set(sent.map(({ code }) => code)).size === 1) {
          world.violate("codes in a row", "different codes", "one constant code", { basis: MAY_BE_A_TEST });
          return;
        }
        expectUnpredictable(
          world,
          "codes in a row",
          sent.map(({ code }) => code),
        );
        const isPart = sent.every(({ to, code }) => to.includes(code));
        world.expect(!isPart, "codes in a row", "codes without a pattern", "a part of each receiver");
      },
    ),
    caseOf(
      scenario,
      {
        name: "response-hides-the-code",
        title: "The response to the request does not contain the code",
        category: "security",
        requires: ["messages"],
        basis: universal("A code proves that its reader can read the messages of the receiver."),
      },
      async (fixture) => {
        const { code, reply } = await sentIn(fixture);
        expectHidden(fixture.world, reply, { "the code": code });
      },
    ),
    caseOf(
      scenario,
      {
        name: "too-soon-keeps-the-code",
        title: "A request that is refused because it comes too soon leaves the sent code valid",
        category: "state",
        requires: ["messages", ...codes.requires],
        calls: [codes.taker],
      },
      async (fixture) => {
        const { world, draft, to, refreshToken } = fixture;
        const { code } = await sentIn(fixture);
        await refreshToken(draft);
        if ((await world.send(draft)).succeeded) throw new NotApplicable("the target sends a second message at once");
        await codes.accepted(world, to, code);
      },
    ),
    caseOf(
      scenario,
      {
        name: "gateway-down-keeps-the-code",
        title: "A message that the gateway refuses leaves the earlier code valid",
        category: "state",
        requires: ["messages", "faults", "clock|policy", ...codes.requires],
        calls: [codes.taker],
        alone: true,
        basis: universal("A refused request changes nothing. The new code never arrives."),
      },
      async (fixture) => {
        const { world, draft, to, refreshToken } = fixture;
        const { code } = await sentIn(fixture);
        await allowResending(world);
        await world.failNext(scenario.operation, "gateway-down");
        await refreshToken(draft);
        if (!expectRefused(world, await world.send(draft), "a message while the gateway is down")) return;
        await codes.accepted(world, to, code);
      },
    ),
    ...messageTextCases(scenario),
    caseOf(
      scenario,
      {
        name: "expired-code-is-not-sent-again",
        title: "A new code after the old one has expired is another code",
        category: "time",
        requires: ["messages", "clock", "unique-codes"],
        alone: true,
        basis: universal("A code does not live for ever, not even if it is sent again."),
      },
      async (fixture) => {
        const { world, draft, refreshToken } = fixture;
        const { code } = await sentIn(fixture);
        const later = new Set<string>();
        for (let count = 0; count < 2; count++) {
          await world.advance(DAY_S + 1);
          await refreshToken(draft);
          later.add((await sentIn(fixture)).code);
        }
        const isSame = later.size === 1 && later.has(code);
        const isConstant = isSame && (await sentIn(await scenario.arrange(world))).code === code;
        const details = isConstant ? { basis: MAY_BE_A_TEST } : {};
        world.expect(!isSame, "three codes for one receiver, a day apart", "different codes", "the same code", details);
      },
    ),
  ];
}

/** Without waiting if possible, because a code may live no longer than the interval. */
async function allowResending(world: World): Promise<void> {
  if (world.target.setPolicy !== undefined) return world.setPolicy({ code_resend_seconds: 0 });
  const seconds = world.figure("code_resend_seconds") + 1;
  if (seconds >= world.figure("code_ttl_seconds"))
    throw new NotApplicable("the target's codes expire before a second message can be sent");
  await world.advance(seconds);
}

const MAY_BE_A_TEST = inferred('A test environment may send one constant code. Then set code_semantics to "fixed".');

const DAY_S = 86_400;

interface Sent {
  readonly to: string;
  readonly code: string;
  readonly reply: Reply;
}

async function sentIn({ world, draft, to, inbox }: SentFixture): Promise<Sent> {
  const reply = await world.send(draft);
  const code = expectSuccess(world, reply) ? await inbox.getsOne() : undefined;
  if (code === undefined) throw new NotArranged("no code was sent");
  return { to, code, reply };
}
