/** A signed-in user sets another password with a code sent to the account's own number. */
import { does, receivesCode, signsIn } from "./client.ts";
import { story } from "./story.ts";

export const newPassword = story({
  endsIn: "updatePasswordByMobile",
  name: "new-password",
  title: "A signed-in account changes its password with a code sent to its own number",
  requires: ["password-check"],
  calls: ["sendSms", "loginByMobileCode"],
  async tell(world) {
    const { id, mobile = "" } = await world.account();
    const idToken = await signsIn(world, mobile);
    // The page of sms/send requires the full area code for this scene.
    const verify_code = await receivesCode(world, mobile, "UPDATE_PWD_SMS");
    const password = world.freshPassword();
    await does(world, "updatePasswordByMobile", { body: { verify_code, password }, idToken });
    const matches = await world.target.passwordMatches?.(id, password);
    world.expect(matches === true, "the new password", "matches", "does not match");
  },
});
