/** How often a message may go to one receiver: the interval and the daily quota of the policy. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { type Draft, NotApplicable, NotArranged, type World } from "../../world/world.ts";
import type { Channel } from "../bamboocloud/channels.ts";
import { sendScenario } from "../bamboocloud/sending.ts";
import { caseOf, type Fixture, type Scenario, succeeds } from "../scenario.ts";
import type { Inbox } from "./inbox.ts";
import { oneSucceeds } from "./races.ts";

const DAY_S = 86_400;
/** The limit of messages in one case; no sensible quota is higher. */
const MOST_MESSAGES = 100;

/** A request for a message, in the first of two scenes that accept any receiver. */
export interface LimitedFixture extends Fixture {
  readonly inbox: Inbox;
  refreshToken(draft: Draft): Promise<void>;
}

export interface Limits {
  readonly noun: string;
  /** The same request in the other scene. */
  inOtherScene(draft: Draft): Draft;
}

export function limitCases(channel: Channel): readonly Case[] {
  const { noun, otherScene: type } = channel;
  const inOtherScene = (draft: Draft): Draft => ({ ...draft, body: { ...draft.body, type } });
  return messageLimits(sendScenario(channel), { noun, inOtherScene });
}

export function messageLimits<S extends LimitedFixture>(scenario: Scenario<S>, limits: Limits): readonly Case[] {
  const { noun, inOtherScene } = limits;
  return [
    caseOf(
      scenario,
      {
        name: "send-too-soon",
        check: "send-too-soon",
        title: `An immediate second message of the same scene to one ${noun} is refused`,
        category: "error",
      },
      async (fixture) => {
        intervalOf(fixture.world);
        await succeeds(fixture);
        await isRefused(fixture, "send-too-soon");
      },
    ),
    caseOf(
      scenario,
      {
        name: "send-again-after-the-interval",
        title: "After the resend interval, a second message is sent",
        category: "time",
        requires: ["clock"],
        alone: true,
      },
      async (fixture) => {
        const seconds = intervalOf(fixture.world);
        if (fixture.world.figure("code_daily_limit") < 2)
          throw new NotApplicable("the target's policy allows one message a day only");
        await succeeds(fixture);
        await fixture.world.advance(seconds + 1);
        await fixture.refreshToken(fixture.draft);
        await succeeds(fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "interval-is-per-scene",
        title: "The resend interval of one scene does not apply to another scene",
        category: "state",
        basis: inferred("No page says whether the interval is that of a receiver or of a scene."),
      },
      async (fixture) => {
        const { world, draft, refreshToken } = fixture;
        intervalOf(world);
        if (world.figure("code_resend_scope") === "receiver")
          throw new NotApplicable("the target's policy has one interval for all scenes of a receiver");
        if (world.figure("code_daily_limit") < 2)
          throw new NotApplicable("the target's policy allows one message a day only");
        expectSuccess(world, await world.send(inOtherScene(draft)));
        await refreshToken(draft);
        await succeeds(fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "interval-is-per-receiver",
        title: `The resend interval of one ${noun} does not apply to another`,
        category: "state",
      },
      async (fixture) => {
        intervalOf(fixture.world);
        await succeeds(fixture);
        await succeeds(await scenario.arrange(fixture.world));
      },
    ),
    caseOf(
      scenario,
      {
        name: "two-messages-at-once",
        title: "Of two messages requested simultaneously, exactly one is sent",
        category: "concurrency",
      },
      async ({ world, draft, refreshToken, inbox }) => {
        intervalOf(world);
        const rival = { ...draft };
        await refreshToken(rival);
        await oneSucceeds(world, [draft, rival]);
        await inbox.getsOne();
      },
    ),
    caseOf(
      scenario,
      {
        name: "send-quota-used",
        check: "send-quota-used",
        title: `After its daily quota, one ${noun} gets no message; other receivers still do`,
        category: "error",
        requires: ["clock|policy"],
        alone: true,
      },
      async (fixture) => {
        await useQuota(fixture);
        await isRefused(fixture, "send-quota-used");
        await succeeds(await scenario.arrange(fixture.world));
      },
    ),
    caseOf(
      scenario,
      {
        name: "quota-counts-all-scenes",
        title: `The daily quota of one ${noun} counts the messages of all scenes`,
        category: "state",
        requires: ["clock|policy"],
        alone: true,
        basis: inferred("No page says whether the quota is that of a receiver or of a scene."),
      },
      async (fixture) => {
        if (fixture.world.figure("code_daily_limit_scope") === "scene")
          throw new NotApplicable("the target's policy has a quota for each scene alone");
        await useQuota(fixture, inOtherScene(fixture.draft));
        await isRefused(fixture, "send-quota-used");
      },
    ),
    caseOf(
      scenario,
      {
        name: "send-again-after-a-day",
        title: "One day after the quota is used up, a message is sent again",
        category: "time",
        requires: ["clock"],
        alone: true,
      },
      async (fixture) => {
        await useQuota(fixture);
        await fixture.world.advance(DAY_S + 1);
        await fixture.refreshToken(fixture.draft);
        await succeeds(fixture);
      },
    ),
  ];
}

function intervalOf(world: World): number {
  const seconds = world.figure("code_resend_seconds");
  if (seconds === 0) throw new NotApplicable("the target's policy has no resend interval");
  return seconds;
}

/** In both languages, each time with a new pass token. */
async function isRefused({ world, draft, refreshToken, inbox }: LimitedFixture, check: string): Promise<void> {
  for (const language of ["en", "zh"] as const) {
    await refreshToken(draft);
    expectRefusal(world, await world.send(draft, language), check, language);
  }
  await inbox.getsNothing();
}

/** Sends the whole daily quota, by default with the request of the fixture, and waits for the interval after each message. */
async function useQuota({ world, draft, refreshToken, inbox }: LimitedFixture, sending = draft): Promise<void> {
  const [quota, interval] = [world.figure("code_daily_limit"), world.figure("code_resend_seconds")];
  if (quota > MOST_MESSAGES) throw new NotApplicable(`the quota of ${quota} messages is more than the suite sends`);
  if (quota * interval > DAY_S)
    throw new NotApplicable("the target's policy has a resend interval too long to reach the quota in one day");
  if (interval > 0 && world.target.advanceClock === undefined) await world.setPolicy({ code_resend_seconds: 0 });
  for (let sent = 0; sent < quota; sent++) {
    await refreshToken(sending);
    if (!expectSuccess(world, await world.send(sending))) throw new NotArranged(`message ${sent + 1} was refused`);
    await world.target.advanceClock?.(interval + 1);
    if (sending === draft) await inbox.getsOne();
  }
}
