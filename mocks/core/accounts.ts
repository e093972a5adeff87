/** Accounts and their identifiers: mobile number, e-mail address, user name. An identifier belongs to one account at most. */
import { SECOND_MS } from "./clock.ts";
import { parseEmail } from "./email.ts";
import { parseMobile } from "./mobile.ts";
import type { Policy } from "./policy.ts";
import type { Randomness } from "./randomness.ts";
import type { Account } from "./records.ts";
import { nextCount, type Transaction } from "./transaction.ts";

export type Identifier = "mobile" | "email" | "username";

export const IDENTIFIERS: readonly Identifier[] = ["mobile", "email", "username"];

/** The id of the account that has this identifier. `value` must be in canonical form. */
export function ownerOf(tx: Transaction, identifier: Identifier, value: string): string | undefined {
  return tx.get(identifier, value);
}

export function accountBy(tx: Transaction, identifier: Identifier, value: string): Account | undefined {
  const id = ownerOf(tx, identifier, value);
  return id === undefined ? undefined : tx.get("account", id);
}

/** Why the account, or a new one, cannot take the identifier, for the journal; undefined if it can. */
export function whyTaken(
  tx: Transaction,
  identifier: Identifier,
  value: string,
  taker: Account | undefined,
): string | undefined {
  const owner = ownerOf(tx, identifier, value);
  if (owner !== undefined) return owner === taker?.id ? undefined : `${value} belongs to another account`;
  const holder = tx.get("held", heldKey(identifier, value))?.accountId;
  if (holder === undefined || holder === taker?.id) return undefined;
  return `another account gave up ${value} not long ago (identifier_hold_seconds)`;
}

function heldKey(identifier: Identifier, value: string): string {
  return `${identifier} ${value}`;
}

function takenIdentifier(
  tx: Transaction,
  wanted: { readonly [I in Identifier]: string | undefined },
  own?: string,
): Identifier | undefined {
  for (const identifier of IDENTIFIERS) {
    const value = wanted[identifier];
    const owner = value === undefined ? undefined : ownerOf(tx, identifier, value);
    if (owner !== undefined && owner !== own) return identifier;
  }
  return undefined;
}

/** The input for a new account. Numbers and addresses may have any form that the API accepts. */
export interface AccountSeed {
  /** Generated from the mock's seed if absent. */
  readonly id?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly username?: string;
  readonly name?: string;
  readonly password?: string;
}

export type Creation =
  | { readonly account: Account }
  | { readonly malformed: "mobile" | "email" }
  | { readonly taken: Identifier | "id" };

/** Creates an account, or returns the reason why it cannot be created. */
export function createAccount(tx: Transaction, seed: AccountSeed, randomness: Randomness): Creation {
  const mobile = parseMobile(seed.mobile)?.canonical;
  const email = parseEmail(seed.email);
  if (seed.mobile !== undefined && mobile === undefined) return { malformed: "mobile" };
  if (seed.email !== undefined && email === undefined) return { malformed: "email" };
  const id = seed.id ?? randomness.alphanumeric(ID_LENGTH, "account", tx.sandbox, nextCount(tx, "account"));
  if (tx.get("account", id) !== undefined) return { taken: "id" };
  const taken = takenIdentifier(tx, { mobile, email, username: seed.username });
  if (taken !== undefined) return { taken };
  const passwords = seed.password === undefined ? [] : [seed.password];
  const { username, name } = seed;
  const account: Account = { id, passwords, ...given({ mobile, email, username, name }) };
  addAccount(tx, account);
  return { account };
}

/** The fields to change. A field that is present with the value undefined is removed. */
export type AccountChange = { readonly [Field in keyof Omit<AccountSeed, "id">]?: string | undefined };

/** When an account is changed, and under which policy. */
export interface ChangeContext {
  readonly tx: Transaction;
  readonly policy: Policy;
  readonly now: number;
}

/** Changes the account, or returns the reason why it cannot be changed. */
export function updateAccount(context: ChangeContext, account: Account, change: AccountChange): Creation {
  const { tx, policy } = context;
  const wanted = { ...account, ...change };
  const mobile = parseMobile(wanted.mobile)?.canonical;
  const email = parseEmail(wanted.email);
  if (wanted.mobile !== undefined && mobile === undefined) return { malformed: "mobile" };
  if (wanted.email !== undefined && email === undefined) return { malformed: "email" };
  const { username, name } = wanted;
  const taken = takenIdentifier(tx, { mobile, email, username }, account.id);
  if (taken !== undefined) return { taken };
  const { password } = change;
  const passwords =
    password === undefined ? account.passwords : passwordsAfter(account, password, policy.password_history);
  const updated: Account = { id: account.id, passwords, ...given({ mobile, email, username, name }) };
  replaceAccount(context, account, updated);
  return { account: updated };
}

/** Only the fields that are set. */
function given<Name extends string>(fields: Record<Name, string | undefined>): { [N in Name]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [N in Name]?: string;
  };
}

const ID_LENGTH = 20;

function addAccount(tx: Transaction, account: Account): void {
  tx.set("account", account.id, account);
  for (const identifier of IDENTIFIERS) {
    const value = account[identifier];
    if (value !== undefined) tx.set(identifier, value, account.id);
  }
}

/** Changes some fields of the account and frees the identifiers that it no longer has. */
export function changeAccount(context: ChangeContext, before: Account, change: Partial<Omit<Account, "id">>): void {
  const after = { ...before, ...change };
  replaceAccount(context, before, after);
}

/** Writes only the identifiers that change, because a store may count every write as a change. */
function replaceAccount(context: ChangeContext, before: Account, after: Account): void {
  const { tx } = context;
  tx.set("account", after.id, after);
  for (const identifier of IDENTIFIERS) {
    const [old, value] = [before[identifier], after[identifier]];
    if (old === value) continue;
    if (old !== undefined) tx.delete(identifier, old);
    if (value !== undefined) tx.set(identifier, value, after.id);
  }
  holdBack(context, before, after);
}

export function deleteAccount(context: ChangeContext, account: Account): void {
  const { tx } = context;
  tx.delete("account", account.id);
  for (const identifier of IDENTIFIERS) {
    const value = account[identifier];
    if (value !== undefined) tx.delete(identifier, value);
  }
  holdBack(context, account);
}

/** Keeps other accounts from the number and the address that the account gave up, for as long as the policy says. */
function holdBack({ tx, policy, now }: ChangeContext, before: Account, after?: Account): void {
  if (policy.identifier_hold_seconds === 0) return;
  const forgetAt = now + policy.identifier_hold_seconds * SECOND_MS;
  for (const identifier of ["mobile", "email"] as const) {
    const value = before[identifier];
    if (value === undefined || value === after?.[identifier]) continue;
    tx.set("held", heldKey(identifier, value), { accountId: before.id, forgetAt });
  }
}

/** The new password first, then the older ones, `history` passwords in all. */
export function passwordsAfter(account: Account, password: string, history: number): readonly string[] {
  return [password, ...account.passwords].slice(0, Math.max(history, 1));
}
