/** The user has a new phone, changes the number through GenAuth, and sees it in the profile. */
import { UPDATE } from "../genauth/phone-change.ts";
import { expectPhone, PROFILE } from "../genauth/profile.ts";
import { SEND } from "../genauth/sending.ts";
import { VERIFY } from "../genauth/verification.ts";
import { does } from "./client.ts";
import { changesPhone, GENAUTH_PERSON } from "./genauth-client.ts";
import { story } from "./story.ts";

export const newPhone = story({
  endsIn: PROFILE,
  name: "new-phone",
  title: "An account changes its number with a code sent to each number, and the profile shows it",
  person: GENAUTH_PERSON,
  calls: [SEND, VERIFY, UPDATE],
  async tell(world) {
    const account = await world.account();
    const mobile = await world.freshMobile();
    await changesPhone(world, account, mobile);
    expectPhone(world, await does(world, PROFILE, { accessToken: await world.accessToken(account) }), mobile);
  },
});
