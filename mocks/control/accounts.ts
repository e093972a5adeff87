/** Accounts, their passwords, and tokens for them without a login. */
import { type AccountChange, type Creation, createAccount, deleteAccount, updateAccount } from "../core/accounts.ts";
import { SECOND_MS } from "../core/clock.ts";
import { policyOf } from "../core/policy.ts";
import type { Account } from "../core/records.ts";
import { issueToken } from "../core/tokens.ts";
import type { Transaction } from "../core/transaction.ts";
import { ControlError } from "../http/problem.ts";
import { badRequest, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type AccountCall =
  | "listAccounts"
  | "createAccount"
  | "readAccount"
  | "updateAccount"
  | "deleteAccount"
  | "checkPassword"
  | "issueTokens";

/** The longest list of accounts in one response. */
const MOST_LISTED = 1_000;

export const accounts: Handlers<AccountCall> = {
  async listAccounts({ query: { search = "" } }, context) {
    await inSandbox(context, () => undefined);
    const { records } = await context.mock.store.dump(context.clientId);
    const all = records.flatMap((record) => (record.kind === "account" && record.value ? [onWire(record.value)] : []));
    return { accounts: all.filter((account) => contains(account, search)).slice(0, MOST_LISTED) };
  },

  createAccount: ({ body }, context) =>
    inSandbox(context, ({ tx }) => onWire(done(createAccount(tx, body ?? {}, context.mock.services.randomness)))),

  updateAccount: ({ params: { id }, body }, context) =>
    inSandbox(context, ({ tx, settings, now }) => {
      const changing = { tx, policy: policyOf(settings), now };
      return onWire(done(updateAccount(changing, existing(tx, id), changeOf(body))));
    }),

  readAccount: ({ params: { id } }, context) => inSandbox(context, ({ tx }) => onWire(existing(tx, id))),

  deleteAccount: ({ params: { id } }, context) =>
    inSandbox(context, ({ tx, settings, now }) => {
      deleteAccount({ tx, policy: policyOf(settings), now }, existing(tx, id));
      return undefined;
    }),

  checkPassword: ({ params: { id }, body: { password } }, context) =>
    inSandbox(context, ({ tx }) => ({ matches: existing(tx, id).passwords[0] === password })),

  issueTokens: ({ params: { id }, body }, context) =>
    inSandbox(context, ({ tx, settings, now }) => {
      const { id: accountId } = existing(tx, id);
      const expires_in = body?.expires_in ?? policyOf(settings).id_token_ttl_seconds;
      const options = { accountId, expiresAt: now + expires_in * SECOND_MS, now };
      const { sign } = context.mock.services;
      const id_token = issueToken(tx, sign, { ...options, use: "id" });
      const access_token = issueToken(tx, sign, { ...options, use: "access" });
      return { id_token, access_token, expires_in };
    }),
};

/** The account; throws a `ControlError` that says why it could not be stored. */
function done(outcome: Creation): Account {
  if ("account" in outcome) return outcome.account;
  if ("malformed" in outcome) throw badRequest(`${outcome.malformed} is malformed`);
  throw new ControlError({ title: "Taken", status: 409, detail: `another account has this ${outcome.taken}` });
}

/** null in the protocol is undefined here: the field is removed. */
function changeOf(body: Schemas["AccountChange"]): AccountChange {
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, value ?? undefined]));
}

function contains(account: Schemas["Account"], search: string): boolean {
  const wanted = search.toLowerCase();
  return Object.values(account).some((value) => value?.toLowerCase().includes(wanted));
}

function existing(tx: Transaction, id: string): Account {
  const account = tx.get("account", id);
  if (account === undefined) {
    throw new ControlError({ title: "No such account", status: 404, detail: `no account has the id ${id}` });
  }
  return account;
}

function onWire({ id, mobile, email, username, name }: Account): Schemas["Account"] {
  return { id, mobile: mobile ?? null, email: email ?? null, username: username ?? null, name: name ?? null };
}
