/** The user logs in by code and changes the number at once, as a first visit often ends. */
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import { does, receivesCode, signsIn } from "./client.ts";
import { story } from "./story.ts";

export const signedInByCode = story({
  endsIn: "updateMobile",
  name: "signed-in-by-code",
  title: "The id_token from a login by code changes the number of that account",
  requires: ["account-read"],
  calls: ["sendSms", "loginByMobileCode"],
  async tell(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    const before = await world.remember(bystander);
    const mobile = await world.freshMobile();
    // The code for the new number comes first, because the API does not prescribe the order of the two steps.
    const verify_code = await receivesCode(world, mobile, "UPDATE_MOBILE_SMS");
    const idToken = await signsIn(world, account.mobile ?? "");
    await does(world, "updateMobile", { body: { mobile, verify_code }, idToken });
    await expectOnlyChange(world, account, "mobile", mobile);
    await before.unchanged();
  },
});
