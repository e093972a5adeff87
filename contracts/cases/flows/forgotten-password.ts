/** The user forgot the password, gets a code, and sets a new password. */
import { does, receivesCode } from "./client.ts";
import { story } from "./story.ts";

export const forgottenPassword = story({
  endsIn: "resetPasswordByMobile",
  name: "forgotten-password",
  title: "A forgotten password is replaced with a code, and the old password stops working",
  requires: ["password-check"],
  calls: ["sendSms"],
  async tell(world) {
    const { id, mobile = "", password: forgotten = "" } = await world.account();
    const verify_code = await receivesCode(world, mobile, "FORGET_PWD_SMS");
    const password = world.freshPassword();
    await does(world, "resetPasswordByMobile", { body: { mobile, verify_code, password } });
    const matches = async (tried: string) => (await world.target.passwordMatches?.(id, tried)) === true;
    world.expect(await matches(password), "the new password", "matches", "does not match");
    world.expect(!(await matches(forgotten)), "the old password", "does not match", "matches");
  },
});
