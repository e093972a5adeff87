/**
 * What a person does with a client of GenAuth: orders a code for each number, reads them where they arrive, and changes the
 * number with them. Everything but the sign-in goes through the API.
 */

import type { Requirement } from "../../target/requirements.ts";
import type { Account, Code, DraftOptions, World } from "../../world/world.ts";
import { proofOf } from "../genauth/payload.ts";
import { UPDATE, type UpdateToken, updateTokenIn } from "../genauth/phone-change.ts";
import { newChannel, oldChannel, phone, relyOnChannels } from "../genauth/phones.ts";
import { SEND } from "../genauth/sending.ts";
import { VERIFY } from "../genauth/verification.ts";
import { does, readsWhatArrives } from "./client.ts";

/** Somebody who is signed in, and reads messages. */
export const GENAUTH_PERSON: readonly Requirement[] = ["accounts", "tokens", "messages"];

/** What changing a number calls. */
export const CHANGE_CALLS: readonly string[] = [SEND, VERIFY, UPDATE];

/** Orders a code for the number, and reads it where it arrives. */
async function receives(world: World, to: string, channel: string): Promise<Code> {
  const { number: phoneNumber, countryCode: phoneCountryCode } = phone(to);
  const body = { channel, phoneNumber, phoneCountryCode };
  const code = await readsWhatArrives(world, { to, scene: channel }, () => does(world, SEND, { body }));
  return { to, scene: channel, code };
}

/** What proves both numbers: to be sent as it is, or to be refused. */
export async function proof(world: World, account: Account, mobile: string): Promise<DraftOptions> {
  relyOnChannels(world);
  const code = await receives(world, mobile, newChannel(world));
  const old = await receives(world, account.mobile ?? "", oldChannel(world));
  return { body: proofOf(code, old), accessToken: await world.accessToken(account) };
}

/** Proves both numbers; answers the token that changes the one to the other. */
export async function proves(world: World, account: Account, mobile: string): Promise<UpdateToken> {
  return updateTokenIn(await does(world, VERIFY, await proof(world, account, mobile)));
}

/** Changes the number, with all that it takes. */
export async function changesPhone(world: World, account: Account, mobile: string): Promise<void> {
  const { text: updatePhoneToken } = await proves(world, account, mobile);
  await does(world, UPDATE, { body: { updatePhoneToken }, accessToken: await world.accessToken(account) });
}
