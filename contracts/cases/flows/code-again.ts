/** The user mistypes a code, requests another one as soon as possible, and uses it. */

import { expectRefusal } from "../../world/expect.ts";
import { NotArranged, type World } from "../../world/world.ts";
import { otherThan } from "../shared/code-mutations.ts";
import { does, receivesCode, signsIn } from "./client.ts";
import { story } from "./story.ts";

const SCENE = "UPDATE_MOBILE_SMS";

export const codeAgain = story({
  endsIn: "updateMobile",
  name: "code-again",
  title: "After a wrong code, a new code works and the earlier code does not",
  requires: ["clock", "unique-codes"],
  calls: ["sendSms", "loginByMobileCode"],
  alone: true,
  async tell(world) {
    const { mobile: own = "" } = await world.account();
    const mobile = await world.freshMobile();
    const first = await receivesCode(world, mobile, SCENE);
    const mistyped = otherThan({ to: mobile, scene: SCENE, code: first });
    await isRefused(world, { mobile, verify_code: mistyped }, await signsIn(world, own), "code-wrong");
    await world.advance(resendAfter(world));
    const second = await receivesCode(world, mobile, SCENE);
    if (second === first) throw new NotArranged("the target sent the same code twice");
    // Logs in again, because the id_token may expire during the wait.
    const idToken = await signsIn(world, own);
    // Unless the target states that a newer code replaces the older one, both may be valid.
    if (world.states("code_supersedes") && world.figure("code_supersedes"))
      await isRefused(world, { mobile, verify_code: first }, idToken, "code-superseded");
    await does(world, "updateMobile", { body: { mobile, verify_code: second }, idToken });
  },
});

async function isRefused(world: World, body: Record<string, unknown>, idToken: string, check: string): Promise<void> {
  const reply = await world.send(world.draft("updateMobile", { body, idToken }), "en");
  expectRefusal(world, reply, check, "en");
}

/** Longer than any sensible interval, for a target that states none. */
const LONG_ENOUGH_S = 600;

function resendAfter(world: World): number {
  return world.states("code_resend_seconds") ? world.figure("code_resend_seconds") + 1 : LONG_ENOUGH_S;
}
