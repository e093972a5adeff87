/** The pass token of a solved captcha: what it allows, and for how long. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { Draft, World } from "../../world/world.ts";
import { caseOf, succeeds } from "../scenario.ts";
import { type Inbox, inboxOf } from "../shared/inbox.ts";
import { manyAtOnce, manyTimes, oneSucceeds } from "../shared/races.ts";
import { answerDraft, captchaCase, passOf, pointJson, solvedChallenge, verifyScenario } from "./challenges.ts";
import { type Channel, EMAIL, SMS } from "./channels.ts";

export const passCases: readonly Case[] = [
  ...[SMS, EMAIL].map((channel) =>
    captchaCase(
      {
        name: `pass-for-${channel.one.replace(" ", "-")}`,
        title: `The pass token allows a message to the ${channel.noun} that solved the captcha`,
        category: "state",
        calls: [channel.operation],
      },
      async (world) => letsOut(world, await passed(world, channel, await channel.fresh(world))),
    ),
  ),
  captchaCase(
    {
      name: "pass-for-nobody-else",
      title: "The pass token does not allow a message to another receiver",
      category: "security",
      basis: inferred("The page asks for the sender. It does not say that the pass token is bound to it."),
      calls: ["sendSms"],
    },
    async (world) => {
      const request = await passed(world, SMS, await world.freshMobile(), await world.freshMobile());
      await keepsBack(world, request, "captcha-token-foreign");
    },
  ),
  captchaCase(
    {
      name: "pass-within-its-life",
      title: "The pass token works shortly before it expires",
      category: "time",
      requires: ["clock"],
      calls: ["sendSms"],
      alone: true,
    },
    async (world) => {
      const request = await passed(world, SMS, await world.freshMobile());
      await world.advance(Math.floor(world.figure("captcha_token_ttl_seconds") * MOST_OF_A_LIFE));
      await letsOut(world, request);
    },
  ),
  captchaCase(
    {
      name: "pass-past-its-life",
      title: "The pass token is refused after it expires",
      category: "time",
      requires: ["clock"],
      calls: ["sendSms"],
      alone: true,
    },
    async (world) => {
      const request = await passed(world, SMS, await world.freshMobile());
      await world.advance(world.figure("captcha_token_ttl_seconds") + 1);
      await keepsBack(world, request, "captcha-token-expired");
    },
  ),
  caseOf(
    verifyScenario,
    {
      name: "within-its-life",
      title: "A captcha can be solved shortly before it expires",
      category: "time",
      requires: ["clock"],
      alone: true,
    },
    async (fixture) => {
      const { world } = fixture;
      await world.advance(Math.floor(world.figure("captcha_challenge_ttl_seconds") * MOST_OF_A_LIFE));
      await succeeds(fixture);
    },
  ),
  caseOf(
    verifyScenario,
    {
      name: "same-captcha-at-once",
      title: "Of two simultaneous answers to the same captcha, exactly one gets a pass token",
      category: "concurrency",
    },
    async ({ world, draft }) => {
      const rival = { ...draft, body: { ...draft.body, sender: await world.freshMobile() } };
      await oneSucceeds(world, [draft, rival]);
    },
  ),
  manyAtOnce(verifyScenario, { noun: "captcha", of: ({ draft }) => manyTimes(draft) }),
];

/** Leaves some seconds for the requests themselves. */
const MOST_OF_A_LIFE = 0.9;

interface Request {
  /** undefined if the right position returned no pass token; that is already recorded. */
  readonly draft: Draft | undefined;
  readonly inbox: Inbox;
}

/** A request for a message to `to`, with a pass token for `sender`. */
async function passed(world: World, channel: Channel, to: string, sender = to): Promise<Request> {
  const { operation, field, scene: type } = channel;
  const inbox = await inboxOf(world, to, type);
  const { token, x, y } = await solvedChallenge(world);
  const point_json = pointJson(x, y);
  const reply = await world.send(answerDraft(world, { token, sender, point_json }));
  const pass = expectSuccess(world, reply) ? passOf(world, reply, point_json) : undefined;
  if (pass === undefined) return { draft: undefined, inbox };
  return { draft: world.draft(operation, { body: { [field]: to, type, captcha_token: pass } }), inbox };
}

async function letsOut(world: World, { draft, inbox }: Request): Promise<void> {
  if (draft !== undefined && expectSuccess(world, await world.send(draft))) await inbox.getsOne();
}

async function keepsBack(world: World, { draft, inbox }: Request, check: string): Promise<void> {
  if (draft === undefined) return;
  expectRefusal(world, await world.send(draft, "en"), check, "en");
  await inbox.getsNothing();
}
