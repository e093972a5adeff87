/** The user has a new phone: logs in with the old number, changes it, and then logs in with the new number. */

import { expectRefusal } from "../../world/expect.ts";
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import { does, receivesCode, signsIn } from "./client.ts";
import { story } from "./story.ts";

export const newNumber = story({
  endsIn: "loginByMobileCode",
  name: "new-number",
  title: "After a change of number, login works with the new number and fails with the old one",
  calls: ["sendSms", "updateMobile"],
  async tell(world) {
    const account = await world.account();
    const [old, mobile] = [account.mobile ?? "", await world.freshMobile()];
    const idToken = await signsIn(world, old);
    const verify_code = await receivesCode(world, mobile, "UPDATE_MOBILE_SMS");
    await does(world, "updateMobile", { body: { mobile, verify_code }, idToken });
    await expectOnlyChange(world, account, "mobile", mobile);
    await signsIn(world, mobile);
    const withOld = world.draft("loginByMobileCode", { body: { mobile: old, verify_code } });
    // No account has the old number, and it has no code: either refusal is allowed.
    expectRefusal(world, await world.send(withOld, "en"), "account-unknown", "en", { or: ["code-unknown"] });
  },
});
