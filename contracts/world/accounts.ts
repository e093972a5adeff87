/** Accounts as a case knows them: what they are made from, what is remembered of them, and what can be seen of them later. */

import type { AccountSeed, Target, TargetAccount } from "../target/target.ts";
import type { Secrets } from "./masking.ts";
import { canonical, nationalPart } from "./receivers.ts";
import type { Account } from "./world.ts";

export function addReceiver(secrets: Secrets, receiver: string | null | undefined): void {
  if (typeof receiver !== "string") return;
  const isEmail = receiver.includes("@");
  // Whatever form it is written in, the digits are in it.
  secrets.add(isEmail ? "email" : "mobile", isEmail ? receiver : nationalPart(receiver));
}

export function withoutNulls(seed: Readonly<Record<string, string | null | undefined>>): AccountSeed {
  return Object.fromEntries(Object.entries(seed).filter(([, value]) => typeof value === "string"));
}

export function remembered(account: TargetAccount, seed: AccountSeed, secrets: Secrets): Account {
  addReceiver(secrets, account.mobile);
  addReceiver(secrets, account.email);
  const password = account.password === undefined ? seed.password : (account.password ?? undefined);
  secrets.add("password", password);
  const { id, mobile, email, username, name } = account;
  return {
    id,
    mobile: mobile ?? undefined,
    email: email ?? undefined,
    username: username ?? undefined,
    name: name ?? undefined,
    password,
  };
}

/** All that the target shows of the account, as a text to compare. */
export async function stateOf(target: Target, { id, password }: Account): Promise<string> {
  const account = await target.readAccount?.(id);
  const matches = password === undefined ? undefined : await target.passwordMatches?.(id, password);
  if (target.readAccount === undefined) return `password ${matches}`;
  if (account === undefined) return "gone";
  const { mobile, email, username, name } = account;
  const identifiers = [mobile, email].map((receiver) => (receiver ? canonical(receiver) : "none"));
  return `${identifiers.join(", ")}, ${username ?? "none"}, ${name ?? "none"}, password ${matches ? "as before" : matches}`;
}
