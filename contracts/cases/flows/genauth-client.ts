/**
 * The steps of a user with a GenAuth client: request a code for each number, read them, and change the number.
 * Everything but the login uses the API.
 */

import type { Requirement } from "../../target/requirements.ts";
import type { Account, Code, DraftOptions, World } from "../../world/world.ts";
import { proofOf } from "../genauth/payload.ts";
import { UPDATE, type UpdateToken, updateTokenIn } from "../genauth/phone-change.ts";
import { newChannel, oldChannel, phone, relyOnChannels } from "../genauth/phones.ts";
import { SEND } from "../genauth/sending.ts";
import { VERIFY } from "../genauth/verification.ts";
import { does, readsWhatArrives } from "./client.ts";

/** A signed-in account with readable messages. */
export const GENAUTH_PERSON: readonly Requirement[] = ["accounts", "tokens", "messages"];

/** The operations of a change of number. */
export const CHANGE_CALLS: readonly string[] = [SEND, VERIFY, UPDATE];

/** Requests a code for the number, and reads it. */
async function receives(world: World, to: string, channel: string): Promise<Code> {
  const { number: phoneNumber, countryCode: phoneCountryCode } = phone(to);
  const body = { channel, phoneNumber, phoneCountryCode };
  const code = await readsWhatArrives(world, { to, scene: channel }, () => world.send(world.draft(SEND, { body })));
  return { to, scene: channel, code };
}

/** The request that proves both numbers, before it is sent. */
export async function proof(world: World, account: Account, mobile: string): Promise<DraftOptions> {
  relyOnChannels(world);
  const code = await receives(world, mobile, newChannel(world));
  const old = await receives(world, account.mobile ?? "", oldChannel(world));
  return { body: proofOf(code, old), accessToken: await world.accessToken(account) };
}

/** Proves both numbers; returns the token for the change. */
export async function proves(world: World, account: Account, mobile: string): Promise<UpdateToken> {
  return updateTokenIn(await does(world, VERIFY, await proof(world, account, mobile)));
}

/** Changes the number, with all its steps. */
export async function changesPhone(world: World, account: Account, mobile: string): Promise<void> {
  const { text: updatePhoneToken } = await proves(world, account, mobile);
  await does(world, UPDATE, { body: { updatePhoneToken }, accessToken: await world.accessToken(account) });
}
