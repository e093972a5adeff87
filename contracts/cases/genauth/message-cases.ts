/** Which messages arrive, and what their codes prove. */

import { OPEN_CODE, SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { Code } from "../../world/world.ts";
import { kebab } from "../field-cases.ts";
import { caseOf, type Scenario, succeeds } from "../scenario.ts";
import { newChannel, newCode, oldChannel, oldCode, relyOnChannels } from "./phones.ts";
import { type SendingFixture, sending, sendingFixture, setUnknownChannel } from "./sending.ts";
import { requestOf, requestOfNewAccount, VERIFY } from "./verification.ts";

/** The documented channels for a number that no account has. */
const FOR_UNUSED_NUMBERS = ["CHANNEL_REGISTER", "CHANNEL_BIND_PHONE", "CHANNEL_COMPLETE_PHONE"];

/**
 * The documented channels for the number of an account. The remaining channels require a second factor, which the suite
 * does not set up.
 */
const FOR_ACCOUNTS = [
  "CHANNEL_LOGIN",
  "CHANNEL_RESET_PASSWORD",
  "CHANNEL_UNBIND_PHONE",
  "CHANNEL_BIND_MFA",
  "CHANNEL_IDENTITY_VERIFICATION",
  "CHANNEL_DELETE_ACCOUNT",
];

export const messageCases: readonly Case[] = [
  ...FOR_UNUSED_NUMBERS.map((channel) => arrival(channel, false)),
  ...FOR_ACCOUNTS.map((channel) => arrival(channel, true)),
  acceptance("new"),
  acceptance("old"),
  caseOf(
    sending,
    {
      name: "refused-request-keeps-the-code",
      title: "A refused request leaves the earlier code valid",
      category: "state",
      requires: [...SIGNED_IN, OPEN_CODE],
      calls: [VERIFY],
    },
    async ({ world, to, draft }) => {
      relyOnChannels(world);
      const code = await newCode(world, to);
      setUnknownChannel(draft, "CHANNEL_OF_NOBODY");
      expectRefusal(world, await world.send(draft, "en"), "scene-unknown", "en");
      expectSuccess(world, await world.send(await requestOfNewAccount(world, code)));
    },
  ),
];

function arrival(channel: string, isForAccount: boolean): Case {
  const scenario: Scenario<SendingFixture> = {
    ...sending,
    requires: ["messages", ...(isForAccount ? ["accounts"] : [])],
    async arrange(world) {
      const to = isForAccount ? ((await world.account()).mobile ?? "") : await world.freshMobile();
      return sendingFixture(world, to, channel);
    },
  };
  const title = `Exactly one message arrives for ${channel}`;
  return caseOf(scenario, { name: `message-for-${kebab(channel.toLowerCase())}`, title, category: "state" }, succeeds);
}

/** The code of a message proves the number that received it. */
function acceptance(which: "new" | "old"): Case {
  return caseOf(
    sending,
    {
      name: `code-for-the-${which}-number`,
      title: `A verification accepts the code from a message to the ${which} number`,
      category: "state",
      requires: [...SIGNED_IN, OPEN_CODE, "messages"],
      calls: [VERIFY],
    },
    async ({ world }) => {
      relyOnChannels(world);
      const [account, fresh] = [await world.account(), await world.freshMobile()];
      const isNew = which === "new";
      const [to, channel] = isNew ? [fresh, newChannel(world)] : [account.mobile ?? "", oldChannel(world)];
      const { draft, inbox } = await sendingFixture(world, to, channel);
      if (!expectSuccess(world, await world.send(draft))) return;
      const text = await inbox.getsOne();
      if (text === undefined) return;
      const arrived: Code = { to, scene: channel, code: text };
      const code = isNew ? arrived : await newCode(world, fresh);
      const old = isNew ? await oldCode(world, account) : arrived;
      expectSuccess(world, await world.send(await requestOf(world, account, code, old)));
    },
  );
}
