/** Which messages arrive, and which operation accepts their codes, for either channel. */

import { type Basis, inferred } from "../../spec/basis.ts";
import { CAPTCHA_PASS, CODE, SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { type Account, NotApplicable, type World } from "../../world/world.ts";
import { amend, caseOf, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { inboxOf } from "../shared/inbox.ts";
import type { Channel, MessageScene, Taker } from "./channels.ts";
import {
  madeUpToken,
  type SendFixture,
  scenarioWithoutPass,
  sendFixture,
  sendScenario,
  setUnknownScene,
  withToken,
} from "./sending.ts";

export function messageCases(channel: Channel): readonly Case[] {
  return [
    ...channel.scenes.map((scene) => arrival(channel, scene)),
    ...channel.scenes.flatMap((scene) => (scene.taker === undefined ? [] : [acceptance(channel, scene, scene.taker)])),
    unknownScenes(channel, "scene-of-other-channel", "A scene of the other channel is refused as unknown", [
      channel.sceneOfOtherChannel,
    ]),
    silence(channel),
    earlierCode(channel),
  ];
}

function arrival(channel: Channel, scene: MessageScene): Case {
  const isForAccount = scene.receiver === "account";
  const scenario: Scenario<SendFixture> = {
    operation: channel.operation,
    requires: [CAPTCHA_PASS, "messages", ...(isForAccount ? ["accounts"] : [])],
    async arrange(world) {
      const to = await receiverOf(channel, scene, world, isForAccount ? await world.account() : undefined);
      return sendFixture(world, channel, { to, type: scene.name });
    },
  };
  const title = `Exactly one message arrives for ${scene.name}`;
  return caseOf(
    scenario,
    { name: `message-for-${kebab(scene.name)}`, title, category: "state", ...basisOf(scene) },
    succeeds,
  );
}

/** The documented operation accepts the code. */
function acceptance(channel: Channel, scene: MessageScene, taker: Taker): Case {
  const scenario: Scenario<SendFixture & { readonly account: Account }> = {
    operation: channel.operation,
    requires: [CAPTCHA_PASS, "messages", ...(taker.signedIn ? SIGNED_IN : ["accounts"])],
    calls: [taker.operation],
    async arrange(world) {
      const account = await world.account();
      const to = await receiverOf(channel, scene, world, account);
      return { ...(await sendFixture(world, channel, { to, type: scene.name })), account };
    },
  };
  const title = `${taker.operation} accepts the code of a message for ${scene.name}`;
  return caseOf(
    scenario,
    { name: `code-for-${kebab(scene.name)}`, title, category: "state", ...basisOf(scene) },
    async ({ world, account, to, draft, inbox }) => {
      if (!expectSuccess(world, await world.send(draft))) return;
      const code = await inbox.getsOne();
      if (code !== undefined) await expectAccepted(world, taker, { account, to, code });
    },
  );
}

/** The page asks for the area code in some scenes, and does not say how to write it. */
function basisOf({ inFull }: MessageScene): { readonly basis?: Basis } {
  return inFull ? { basis: inferred("The page asks for the full area code, and does not say how to write it.") } : {};
}

function receiverOf(
  channel: Channel,
  scene: MessageScene,
  world: World,
  account: Account | undefined,
): Promise<string> {
  if (scene.receiver === "anyone") return channel.fresh(world);
  const receiver = account?.[channel.field] ?? "";
  return Promise.resolve(scene.inFull ? canonical(receiver) : receiver);
}

interface SentTo {
  readonly account: Account;
  readonly to: string;
  readonly code: string;
}

export async function expectAccepted(world: World, taker: Taker, { account, to, code }: SentTo): Promise<void> {
  const body = { ...taker.body(to, world), verify_code: code };
  const draft = world.draft(taker.operation, {
    body,
    ...(taker.signedIn ? { idToken: await world.idToken(account) } : {}),
  });
  expectSuccess(world, await world.send(draft));
}

export function unknownScenes(channel: Channel, name: string, title: string, scenes: readonly string[]): Case {
  return caseOf(sendScenario(channel), { name, title, category: "boundary" }, (fixture) =>
    leavesAlone(fixture, async ({ world, draft, refreshToken }) => {
      for (const type of scenes) {
        await refreshToken(draft);
        setUnknownScene(draft, type);
        expectRefusal(world, await world.send(draft, "en"), "scene-unknown", "en");
      }
    }),
  );
}

function silence(channel: Channel): Case {
  return caseOf(
    sendScenario(channel),
    {
      name: `${channel.noun}-of-nobody`,
      title: `With send_to_unknown "silent", a scene for existing accounts accepts an unknown ${channel.noun} and sends nothing`,
      category: "security",
      basis: inferred("No page says what a scene for existing accounts does with an unknown receiver."),
    },
    async ({ world, to, draft }) => {
      const policy = world.figure("send_to_unknown");
      if (policy !== "silent") throw new NotApplicable(`the target's policy is ${policy} for unknown receivers`);
      const inbox = await inboxOf(world, to, channel.accountScene);
      amend(draft, { body: { ...draft.body, type: channel.accountScene } });
      expectSuccess(world, await world.send(draft));
      await inbox.getsNothing();
    },
  );
}

function earlierCode(channel: Channel): Case {
  return caseOf(
    scenarioWithoutPass(channel),
    {
      name: "refused-request-keeps-the-code",
      title: "A refused request leaves the earlier code valid",
      category: "state",
      requires: [...SIGNED_IN, CODE],
      calls: [channel.taker.operation],
    },
    async ({ world, to, draft }) => {
      const { code } = await world.code({ to, scene: channel.scene });
      withToken(draft, madeUpToken(world));
      expectRefusal(world, await world.send(draft, "en"), "captcha-token-unknown", "en");
      await expectAccepted(world, channel.taker, { account: await world.account(), to, code });
    },
  );
}

function kebab(scene: string): string {
  return scene.toLowerCase().replaceAll("_", "-");
}
