/**
 * The common part of sendSms and sendEmail: a request with a pass token for its receiver, and its possible errors. Each
 * request has its own pass token, because the documents do not say whether a refusal uses it up.
 */

import { CAPTCHA_PASS } from "../../target/requirements.ts";
import { expectSuccess } from "../../world/expect.ts";
import { type Draft, NotApplicable, NotArranged, type World } from "../../world/world.ts";
import { amend, type Fixture, type RequestMutation, type RequestMutations, type Scenario } from "../scenario.ts";
import { type Inbox, inboxOf } from "../shared/inbox.ts";
import type { Channel } from "./channels.ts";
import { headerMutations } from "./header-mutations.ts";

export interface SendFixture extends Fixture {
  readonly to: string;
  /** The inbox of the request's message. */
  readonly inbox: Inbox;
  refreshToken(draft: Draft): Promise<void>;
}

interface SendOptions {
  readonly to: string;
  readonly type: string;
}

/** A message for a scene that accepts any receiver. */
export function sendScenario(channel: Channel): Scenario<SendFixture> {
  return {
    operation: channel.operation,
    requires: [CAPTCHA_PASS],
    arrange: async (world) => sendFixture(world, channel, { to: await channel.fresh(world), type: channel.scene }),
  };
}

export async function sendFixture(world: World, channel: Channel, options: SendOptions): Promise<SendFixture> {
  const fixture = await fixtureWithoutPass(world, channel, options);
  await fixture.refreshToken(fixture.draft);
  return fixture;
}

/** For refusals that do not depend on the pass token. The target need not be able to give one. */
export function scenarioWithoutPass(channel: Channel): Scenario<SendFixture> {
  return {
    operation: channel.operation,
    requires: [],
    async arrange(world) {
      const options = { to: await channel.fresh(world), type: channel.scene };
      return { ...(await fixtureWithoutPass(world, channel, options)), refreshToken: async () => undefined };
    },
  };
}

async function fixtureWithoutPass(world: World, channel: Channel, { to, type }: SendOptions): Promise<SendFixture> {
  const inbox = await inboxOf(world, to, type);
  return {
    world,
    to,
    inbox,
    draft: world.draft(channel.operation, { body: { [channel.field]: to, type } }),
    mustNotChange: [],
    refreshToken: async (draft) => withToken(draft, await world.captchaPass(to)),
    verifyNoEffects: () => inbox.getsNothing(),
    async verifyEffects() {
      await inbox.getsOne();
    },
  };
}

export function withToken(draft: Draft, captcha_token: string): void {
  amend(draft, { body: { ...draft.body, captcha_token } });
}

export const mutationsWithoutPass = {
  "captcha-token-missing": {
    title: "A request without a pass token is refused",
    apply: ({ draft }) => leaveOut(draft, "captcha_token"),
  },
  "captcha-token-unknown": {
    title: "A pass token that was never issued is refused",
    apply: ({ world, draft }) => withToken(draft, madeUpToken(world)),
  },
} satisfies RequestMutations<SendFixture>;

/** In the documented form. */
export function madeUpToken({ random }: World): string {
  return `${random.digits(32)}---{"x":237.0,"y":5.0}`;
}

export function sendMutations(channel: Channel) {
  const { field, noun, one, missing } = channel;
  return {
    ...eachOnce(headerMutations),
    [missing]: {
      title: `A request without ${one} is refused`,
      apply: ({ draft }) => leaveOut(draft, field),
      singleUse: true,
      retryable: true,
    },
    "scene-missing": {
      title: "A request without a scene is refused",
      apply: ({ draft }) => leaveOut(draft, "type"),
      singleUse: true,
      retryable: true,
    },
    "captcha-token-expired": {
      title: "An expired pass token is refused",
      requires: ["captcha-tokens|clock"],
      alone: true,
      apply: expire,
      singleUse: true,
      retryable: true,
    },
    "captcha-token-used": {
      title: "A pass token is refused for a second message",
      async apply({ world, draft }) {
        const first = { ...draft, body: { ...draft.body, type: channel.otherScene } };
        expectSuccess(world, await world.send(first));
      },
      singleUse: true,
    },
    "captcha-token-altered": {
      title: "A pass token with one changed character in its second half is refused",
      apply: ({ draft }) => withToken(draft, withAnotherDigit(tokenOf(draft))),
      singleUse: true,
      retryable: true,
    },
    "captcha-token-foreign": {
      title: `A pass token for another ${noun} is refused`,
      async apply({ world, draft }) {
        withToken(draft, await world.captchaPass(await channel.fresh(world)));
      },
      singleUse: true,
      retryable: true,
    },
    "scene-unknown": {
      title: "A request with an unknown scene is refused",
      apply: ({ world, draft }) => setUnknownScene(draft, `${world.random.letters(8).toUpperCase()}_SMS`),
      singleUse: true,
      retryable: true,
    },
    "receiver-undeliverable": {
      title: `${channel.operation} rejects a value that is not a valid ${noun}`,
      requires: ["captcha-answer"],
      calls: ["getCaptcha", "verifyCaptcha"],
      async apply({ world, draft }) {
        amend(draft, { body: { ...draft.body, [field]: channel.malformed } });
        withToken(draft, await passForMalformedReceiver(world, channel.malformed));
      },
      singleUse: true,
    },
    "receiver-unknown": {
      title: `With send_to_unknown "fail", a scene for existing accounts refuses an unknown ${noun}`,
      requires: ["policy|policy-read"],
      alone: true,
      async apply({ world, draft }) {
        await failForUnknownReceiver(world);
        amend(draft, { body: { ...draft.body, type: channel.accountScene } });
      },
      singleUse: true,
    },
    "gateway-down": {
      title: "A request is refused while the message gateway is down",
      requires: ["faults"],
      alone: true,
      apply: ({ world }) => world.failNext(channel.operation, "gateway-down"),
      singleUse: true,
    },
  } satisfies RequestMutations<SendFixture>;
}

/** A new fixture for each language, because the first refusal may use up the pass token. */
function eachOnce<S extends Fixture>(mutations: RequestMutations<S>): RequestMutations<S> {
  return Object.fromEntries(
    Object.entries(mutations).map(([name, one]): [string, RequestMutation<S>] => [name, { ...one, singleUse: true }]),
  );
}

function leaveOut(draft: Draft, field: string): void {
  const { [field]: _, ...body } = draft.body ?? {};
  amend(draft, { body, broken: `${field} is missing` });
}

export function setUnknownScene(draft: Draft, type: string): void {
  amend(draft, { body: { ...draft.body, type }, broken: `type is ${type}` });
}

async function expire({ world, draft, to }: SendFixture): Promise<void> {
  if (world.target.captchaToken === undefined) await world.advance(world.figure("captcha_token_ttl_seconds") + 1);
  else withToken(draft, await world.captchaPass(to, { expiresIn: 0 }));
}

export function tokenOf({ body }: Draft): string {
  return String(body?.["captcha_token"]);
}

/** The last digit belongs to the position in the second half, such as the 0 of `"y":5.0}`. */
function withAnotherDigit(token: string): string {
  const altered = token.replace(/\d(?=\D*$)/, (digit) => (digit === "1" ? "2" : "1"));
  return altered === token ? `${token}1` : altered;
}

/** Only a captcha shows whether a malformed receiver can get a pass token. */
async function passForMalformedReceiver(world: World, receiver: string): Promise<string> {
  try {
    return await world.solvedCaptcha(receiver);
  } catch (error) {
    if (error instanceof NotArranged)
      throw new NotApplicable("verifyCaptcha gives no pass token for a malformed receiver");
    throw error;
  }
}

async function failForUnknownReceiver(world: World): Promise<void> {
  if (world.states("send_to_unknown") && world.figure("send_to_unknown") === "fail") return;
  if (world.target.setPolicy === undefined)
    throw new NotApplicable("the target's policy does not report unknown receivers");
  await world.setPolicy({ send_to_unknown: "fail" });
}
