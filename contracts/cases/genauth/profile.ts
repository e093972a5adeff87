/** The profile of an account in GenAuth. */
import type { Account, Draft, Reply, World } from "../../world/world.ts";
import { phone } from "./phones.ts";

export const PROFILE = "genauthGetProfile";

export async function profileOf(world: World, account: Account): Promise<Draft> {
  return world.draft(PROFILE, { accessToken: await world.accessToken(account) });
}

/** The fields of the profile; empty for a response without one. */
export function profileIn({ json }: Reply): Readonly<Record<string, unknown>> {
  const { data } = (json ?? {}) as { data?: Readonly<Record<string, unknown>> };
  return data ?? {};
}

/** Expects the number and, separately, its country code in the profile. */
export function expectPhone(world: World, reply: Reply, mobile: string): void {
  const { number, countryCode } = phone(mobile);
  const { phone: shown, phoneCountryCode: shownCode } = profileIn(reply);
  world.expect(shown === number, "phone of the profile", number, String(shown));
  world.expect(shownCode === countryCode, "phoneCountryCode of the profile", countryCode, String(shownCode));
}
