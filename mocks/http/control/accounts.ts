/** Accounts and what signs one in without the API. */
import { createAccount, deleteAccount } from "../../core/accounts.ts";
import { SECOND_MS } from "../../core/clock.ts";
import { policyOf } from "../../core/policy.ts";
import type { Account } from "../../core/store.ts";
import { issueToken } from "../../core/tokens.ts";
import type { Transaction } from "../../core/transaction.ts";
import { ControlError } from "../problem.ts";
import { badRequest, type Handlers, inSandbox, type Schemas } from "./calls.ts";

export const accounts: Handlers<"createAccount" | "readAccount" | "deleteAccount" | "checkPassword" | "issueTokens"> = {
  createAccount: ({ body }, context) =>
    inSandbox(context, async ({ tx }) => {
      const creation = await createAccount(tx, body ?? {}, context.wiring.tools.randomness);
      if ("account" in creation) return onWire(creation.account);
      if ("malformed" in creation) throw badRequest(`${creation.malformed} is malformed`);
      throw new ControlError({ title: "Taken", status: 409, detail: `another account has this ${creation.taken}` });
    }),

  readAccount: ({ params: { id } }, context) => inSandbox(context, async ({ tx }) => onWire(await existing(tx, id))),

  deleteAccount: ({ params: { id } }, context) =>
    inSandbox(context, async ({ tx }) => {
      deleteAccount(tx, await existing(tx, id));
      return undefined;
    }),

  checkPassword: ({ params: { id }, body: { password } }, context) =>
    inSandbox(context, async ({ tx }) => ({ matches: (await existing(tx, id)).passwords[0] === password })),

  issueTokens: ({ params: { id }, body }, context) =>
    inSandbox(context, async ({ tx, settings, now }) => {
      const { id: accountId } = await existing(tx, id);
      const expires_in = body?.expires_in ?? policyOf(settings).id_token_ttl_seconds;
      const order = { accountId, expiresAt: now + expires_in * SECOND_MS, now };
      const { sign } = context.wiring.tools;
      const id_token = await issueToken(tx, sign, { ...order, use: "id" });
      const access_token = await issueToken(tx, sign, { ...order, use: "access" });
      return { id_token, access_token, expires_in };
    }),
};

async function existing(tx: Transaction, id: string): Promise<Account> {
  const account = await tx.get("account", id);
  if (account === undefined) throw new ControlError({ title: "No such account", status: 404, detail: `id ${id}` });
  return account;
}

function onWire({ id, mobile, email, username, name }: Account): Schemas["Account"] {
  return { id, mobile: mobile ?? null, email: email ?? null, username: username ?? null, name: name ?? null };
}
