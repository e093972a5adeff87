/** Both systems share one state: a change through one of them applies to the other. */

import { expectRefusal } from "../../world/expect.ts";
import type { World } from "../../world/world.ts";
import { changeWith, UPDATE } from "../genauth/phone-change.ts";
import { expectPhone, PROFILE } from "../genauth/profile.ts";
import { VERIFY } from "../genauth/verification.ts";
import { expectOnlyChange, expectReceiver } from "../shared/expect-receiver.ts";
import { does, PERSON, receivesCode, signsIn } from "./client.ts";
import { CHANGE_CALLS, changesPhone, GENAUTH_PERSON, proof, proves } from "./genauth-client.ts";
import { story } from "./story.ts";

const SIGN_IN_CALLS = ["sendSms", "loginByMobileCode", "updateMobile"] as const;

const both = {
  person: [...PERSON, ...GENAUTH_PERSON],
  requires: ["account-read"],
  calls: [...CHANGE_CALLS, ...SIGN_IN_CALLS],
} as const;

export const knownToBothSystems = story({
  ...both,
  endsIn: UPDATE,
  name: "known-to-both-systems",
  title: "After a change of number through GenAuth, Bamboocloud login works with the new number",
  async tell(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    const [old, mobile] = [account.mobile ?? "", await world.freshMobile()];
    await changesPhone(world, account, mobile);
    await expectOnlyChange(world, account, "mobile", mobile);
    await signsIn(world, mobile);
    const withOld = world.draft("loginByMobileCode", { body: { mobile: old, verify_code: "000000" } });
    // No account has the old number, and it has no code: either refusal is allowed.
    expectRefusal(world, await world.send(withOld, "en"), "account-unknown", "en", { or: ["code-unknown"] });
    const idToken = await signsIn(world, bystander.mobile ?? "");
    const taken = world.draft("updateMobile", { body: await codeFor(world, mobile), idToken });
    expectRefusal(world, await world.send(taken, "en"), "mobile-taken", "en");
  },
});

export const changedByTheOtherSystem = story({
  ...both,
  endsIn: VERIFY,
  name: "changed-by-the-other-system",
  title: "After a change of number through Bamboocloud, GenAuth shows the new number and refuses it to others",
  calls: [...both.calls, PROFILE],
  async tell(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    const [old, mobile] = [account.mobile ?? "", await world.freshMobile()];
    const idToken = await signsIn(world, old);
    await does(world, "updateMobile", { body: await codeFor(world, mobile), idToken });
    expectPhone(world, await does(world, PROFILE, { accessToken: await world.accessToken(account) }), mobile);
    const taken = world.draft(VERIFY, await proof(world, bystander, mobile));
    expectRefusal(world, await world.send(taken, "en"), "mobile-taken", "en");
  },
});

export const takenMeanwhile = story({
  ...both,
  endsIn: UPDATE,
  name: "taken-by-the-other-system",
  title: "A number verified through GenAuth is refused after another account took it through Bamboocloud",
  async tell(world) {
    const [account, rival] = [await world.account(), await world.account()];
    const mobile = await world.freshMobile();
    const token = await proves(world, account, mobile);
    const idToken = await signsIn(world, rival.mobile ?? "");
    await does(world, "updateMobile", { body: await codeFor(world, mobile), idToken });
    const late = await changeWith(world, account, token);
    expectRefusal(world, await world.send(late, "en"), "mobile-taken", "en");
    await expectReceiver(world, account, "mobile", account.mobile ?? "");
    await expectReceiver(world, rival, "mobile", mobile);
  },
});

/** The body of updateMobile: the number, and a code that arrives there. */
async function codeFor(world: World, mobile: string): Promise<{ mobile: string; verify_code: string }> {
  return { mobile, verify_code: await receivesCode(world, mobile, "UPDATE_MOBILE_SMS") };
}
