/** The user has a new address: logs in by number, and proves the address with a code. */
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import { does, receivesCode, signsIn } from "./client.ts";
import { story } from "./story.ts";

export const newAddress = story({
  endsIn: "updateEmail",
  name: "new-address",
  title: "An account that logs in by number changes its address with a code sent by e-mail",
  requires: ["account-read"],
  calls: ["sendSms", "loginByMobileCode", "sendEmail"],
  async tell(world) {
    const account = await world.account();
    const email = await world.freshEmail();
    const idToken = await signsIn(world, account.mobile ?? "");
    const verify_code = await receivesCode(world, email, "UPDATE_EMAIL_EMS");
    await does(world, "updateEmail", { body: { email, verify_code }, idToken });
    await expectOnlyChange(world, account, "email", email);
  },
});
