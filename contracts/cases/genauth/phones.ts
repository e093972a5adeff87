/** Numbers in the form of GenAuth, and the channels whose codes prove them. */
import { inferred } from "../../spec/basis.ts";
import type { PolicyKey } from "../../target/stated-policy.ts";
import { canonical, nationalPart } from "../../world/receivers.ts";
import { type Account, type Code, NotApplicable, NotArranged, type World } from "../../world/world.ts";

/** The number without its area code, and the area code. */
export function phone(mobile: string): { readonly number: string; readonly countryCode: string } {
  const [countryCode = ""] = canonical(mobile).split("-", 1);
  return { number: nationalPart(mobile), countryCode };
}

/** Only a mainland China number may omit its area code. */
export function assertHome(mobile: string): void {
  if (phone(mobile).countryCode !== HOME_CODE)
    throw new NotApplicable(
      "the target's numbers are not mainland China numbers, the only ones valid without an area code",
    );
}

const HOME_CODE = "+86";

/** The documents name no channels for a change of number. These are assumed for a target that states none. */
const ASSUMED = { new: "CHANNEL_BIND_PHONE", old: "CHANNEL_UNBIND_PHONE" } as const;
const KEYS = { new: "genauth_new_phone_channels", old: "genauth_old_phone_channels" } as const satisfies Record<
  "new" | "old",
  PolicyKey
>;

export const CHANNEL_BASIS = inferred(
  "The documents name no channel for a change of number, so a target need not check it.",
);

export function statesChannels(world: World): boolean {
  return world.states(KEYS.new) && world.states(KEYS.old);
}

/** The channels whose codes prove the new or the old number; the assumed channel if the target states none. */
export function channelsFor(which: "new" | "old", world: World): readonly string[] {
  return world.states(KEYS[which]) ? world.figure(KEYS[which]) : [ASSUMED[which]];
}

/** Marks the case as relying on the assumed channels. */
export function relyOnChannels(world: World): void {
  world.figure(KEYS.new);
  world.figure(KEYS.old);
}

export function newChannel(world: World): string {
  return channelsFor("new", world)[0] ?? ASSUMED.new;
}

/** Another channel than for the new number, if possible, so that one number can have a code of each. */
export function oldChannel(world: World): string {
  const channels = channelsFor("old", world);
  return channels.find((channel) => channel !== newChannel(world)) ?? channels[0] ?? ASSUMED.old;
}

/** Channels that accept any number. */
const OPEN_CHANNELS = ["CHANNEL_REGISTER", "CHANNEL_COMPLETE_PHONE", "CHANNEL_BIND_PHONE"] as const;
/** Channels that accept the number of any account. */
const ACCOUNT_CHANNELS = ["CHANNEL_RESET_PASSWORD", "CHANNEL_LOGIN", "CHANNEL_UNBIND_PHONE"] as const;

/** A channel that accepts any number, and whose codes do not prove a new number. */
export function foreignChannel(world: World): string {
  return outside(OPEN_CHANNELS, channelsFor("new", world));
}

/** A channel for numbers of accounts, whose codes do not prove an old number. */
export function foreignAccountChannel(world: World): string {
  return outside(ACCOUNT_CHANNELS, channelsFor("old", world));
}

function outside(candidates: readonly string[], accepted: readonly string[]): string {
  const found = candidates.find((channel) => !accepted.includes(channel));
  if (found === undefined) throw new NotApplicable("the target's policy accepts codes from all these channels");
  return found;
}

/** A valid code for a new number. */
export async function newCode(world: World, mobile: string, scene = newChannel(world)): Promise<Code> {
  return codeFor(world, { to: mobile, scene });
}

/** A valid code for the number of the account. */
export async function oldCode(world: World, { mobile = "" }: Account, scene = oldChannel(world)): Promise<Code> {
  return codeFor(world, { to: mobile, scene });
}

/** If one channel serves both purposes, its resend interval may prevent a second code for the same number. */
async function codeFor(world: World, options: { readonly to: string; readonly scene: string }): Promise<Code> {
  try {
    return await world.code(options);
  } catch (error) {
    const isSent = world.target.plantCode === undefined;
    if (error instanceof NotArranged && isSent && newChannel(world) === oldChannel(world))
      throw new NotApplicable("the target's only channel does not give a second code for a number so soon");
    throw error;
  }
}
