/** Numbers as GenAuth writes them, and the channels whose codes prove them. */
import type { PolicyKey } from "../../target/stated-policy.ts";
import { canonical, nationalPart } from "../../world/receivers.ts";
import { type Account, type Code, NotApplicable, NotArranged, type World } from "../../world/world.ts";

/** The number without its area code, and the area code. */
export function phone(mobile: string): { readonly number: string; readonly countryCode: string } {
  const [countryCode = ""] = canonical(mobile).split("-", 1);
  return { number: nationalPart(mobile), countryCode };
}

/** Only for mainland China may the area code be left out. */
export function assertHome(mobile: string): void {
  if (phone(mobile).countryCode !== HOME_CODE)
    throw new NotApplicable(
      "the target's numbers are not mainland China numbers, the only ones valid without an area code",
    );
}

const HOME_CODE = "+86";

/** No channel is documented for changing a number: what is assumed where the target does not state its own ones. */
const ASSUMED = { new: "CHANNEL_BIND_PHONE", old: "CHANNEL_UNBIND_PHONE" } as const;
const KEYS = { new: "genauth_new_phone_channels", old: "genauth_old_phone_channels" } as const satisfies Record<
  "new" | "old",
  PolicyKey
>;

export function statesChannels(world: World): boolean {
  return world.states(KEYS.new) && world.states(KEYS.old);
}

/** The channels whose codes prove the new, or the old, number; the assumed one for a target that states none. */
export function channelsFor(which: "new" | "old", world: World): readonly string[] {
  return world.states(KEYS[which]) ? world.figure(KEYS[which]) : [ASSUMED[which]];
}

/** From here on the case relies on the channels that are assumed. */
export function relyOnChannels(world: World): void {
  world.figure(KEYS.new);
  world.figure(KEYS.old);
}

export function newChannel(world: World): string {
  return channelsFor("new", world)[0] ?? ASSUMED.new;
}

/** Another one than for the new number if there is one, so that one's own number can have a code of either. */
export function oldChannel(world: World): string {
  const channels = channelsFor("old", world);
  return channels.find((channel) => channel !== newChannel(world)) ?? channels[0] ?? ASSUMED.old;
}

/** Channels for which a code goes to anybody. */
const OPEN_CHANNELS = ["CHANNEL_REGISTER", "CHANNEL_COMPLETE_PHONE", "CHANNEL_BIND_PHONE"] as const;
/** Channels for which a code goes to who has the number, whatever else is true of the account. */
const MEMBER_CHANNELS = ["CHANNEL_RESET_PASSWORD", "CHANNEL_LOGIN", "CHANNEL_UNBIND_PHONE"] as const;

/** A channel whose codes go to anybody, and prove no new number. */
export function foreignChannel(world: World): string {
  return outside(OPEN_CHANNELS, channelsFor("new", world));
}

/** A channel whose codes go to members, and prove no old number. */
export function foreignMemberChannel(world: World): string {
  return outside(MEMBER_CHANNELS, channelsFor("old", world));
}

function outside(candidates: readonly string[], accepted: readonly string[]): string {
  const found = candidates.find((channel) => !accepted.includes(channel));
  if (found === undefined) throw new NotApplicable("the target's policy accepts codes from all these channels");
  return found;
}

/** A good code for a number that is to be taken. */
export async function newCode(world: World, mobile: string, scene = newChannel(world)): Promise<Code> {
  return codeFor(world, { to: canonical(mobile), scene });
}

/** A good code for the number that the account has. */
export async function oldCode(world: World, { mobile = "" }: Account, scene = oldChannel(world)): Promise<Code> {
  return codeFor(world, { to: canonical(mobile), scene });
}

/** Where one channel serves for both, a number that was proven as the new one may have to wait for the code of an old one. */
async function codeFor(world: World, order: { readonly to: string; readonly scene: string }): Promise<Code> {
  try {
    return await world.code(order);
  } catch (error) {
    const isSent = world.target.plantCode === undefined;
    if (error instanceof NotArranged && isSent && newChannel(world) === oldChannel(world))
      throw new NotApplicable("the target's only channel does not give a second code for a number so soon");
    throw error;
  }
}
