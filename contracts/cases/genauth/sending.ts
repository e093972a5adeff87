/** A message with a code for a channel: the valid request, and its possible errors. */

import type { Draft, World } from "../../world/world.ts";
import { amend, type Fixture, type RequestMutations, type Scenario } from "../scenario.ts";
import { type Inbox, inboxOf } from "../shared/inbox.ts";
import { appMutations } from "./mutations.ts";
import { phone } from "./phones.ts";

export const SEND = "genauthSendSms";

/** Two channels that accept a number without an account. */
const CHANNEL = "CHANNEL_BIND_PHONE";
export const OTHER_CHANNEL = "CHANNEL_REGISTER";

export interface SendingFixture extends Fixture {
  readonly to: string;
  /** The inbox of the request's message. */
  readonly inbox: Inbox;
  /** Does nothing, because a refused request uses nothing up. */
  refreshToken(draft: Draft): Promise<void>;
}

/** A message to a number that no account has. */
export const sending: Scenario<SendingFixture> = {
  operation: SEND,
  requires: [],
  arrange: async (world) => sendingFixture(world, await world.freshMobile(), CHANNEL),
};

export async function sendingFixture(world: World, to: string, channel: string): Promise<SendingFixture> {
  const inbox = await inboxOf(world, to, channel);
  const { number: phoneNumber, countryCode: phoneCountryCode } = phone(to);
  return {
    world,
    to,
    inbox,
    draft: world.draft(SEND, { body: { channel, phoneNumber, phoneCountryCode } }),
    mustNotChange: [],
    refreshToken: async () => undefined,
    verifyNoEffects: () => inbox.getsNothing(),
    async verifyEffects() {
      await inbox.getsOne();
    },
  };
}

export const sendingMutations = {
  ...appMutations,
  "mobile-missing": {
    title: "A request without a number is refused",
    apply: ({ draft }) => leaveOut(draft, "phoneNumber"),
    retryable: true,
  },
  "scene-missing": {
    title: "A request without a channel is refused",
    apply: ({ draft }) => leaveOut(draft, "channel"),
    retryable: true,
  },
  "scene-unknown": {
    title: "A request with an unknown channel is refused",
    apply: ({ world, draft }) => setUnknownChannel(draft, `CHANNEL_${world.random.letters(8).toUpperCase()}`),
    retryable: true,
  },
  "mobile-malformed": {
    title: "send-sms rejects a value that is not a phone number",
    apply: ({ draft }) => amend(draft, { body: { ...draft.body, phoneNumber: "12345" } }),
    retryable: true,
  },
  "gateway-down": {
    title: "A request is refused while the message gateway is down",
    requires: ["faults"],
    alone: true,
    apply: ({ world }) => world.failNext(SEND, "gateway-down"),
    singleUse: true,
  },
} satisfies RequestMutations<SendingFixture>;

function leaveOut(draft: Draft, field: string): void {
  const { [field]: _, ...body } = draft.body ?? {};
  amend(draft, { body, broken: `${field} is missing` });
}

export function setUnknownChannel(draft: Draft, channel: string): void {
  amend(draft, { body: { ...draft.body, channel }, broken: `channel is ${channel}` });
}
