/** Accounts in a world: created, signed in, remembered, and compared with what the target shows later. */

import { universal } from "../spec/basis.ts";
import type { StatedPolicy } from "../target/stated-policy.ts";
import { type AccountSeed, NotOffered, type Target, type TargetAccount } from "../target/target.ts";
import type { Base } from "./base.ts";
import type { MadeAccounts } from "./made-accounts.ts";
import type { Secrets } from "./masking.ts";
import { offered } from "./offered.ts";
import { canonical, nationalPart } from "./receivers.ts";
import type { Traces } from "./traces.ts";
import type { Account, World } from "./world.ts";

const PASSWORD_LENGTH = 12;

type Accounts = Pick<
  World,
  "account" | "idToken" | "accessToken" | "freshMobile" | "freshEmail" | "freshPassword" | "read" | "remember"
>;

/** `policy` bounds the length of a password. Choosing a length does not count as relying on a figure. */
export function accountsOf(base: Base, policy: StatedPolicy, traces: Traces, madeAccounts: MadeAccounts): Accounts {
  const { target, random, secrets } = base;
  const states = statesOf(base, madeAccounts);

  async function freshReceiver(channel: "sms" | "email"): Promise<string> {
    const receiver = (await target.freshReceiver?.(channel)) ?? (channel === "sms" ? random.mobile() : random.email());
    addReceiver(secrets, receiver);
    return receiver;
  }

  function freshPassword(): string {
    const [shortest, longest] = [policy.figure("password_min_length"), policy.figure("password_max_length")];
    const password = random.password(Math.min(Math.max(PASSWORD_LENGTH, shortest), longest));
    secrets.add("password", password);
    return password;
  }

  return {
    async account(options = {}) {
      const made = {
        mobile: await freshReceiver("sms"),
        email: await freshReceiver("email"),
        username: random.username(),
        name: random.letters(8),
        password: freshPassword(),
      };
      const seed = withoutNulls({ ...made, ...options });
      const account = await offered(target, "createAccount")(seed);
      traces.accounts.push(account.id);
      const known = remembered(account, seed, secrets);
      // A value of the case's own may be written in a way that the target changes.
      if (Object.values(options).every((value) => value === null)) states.made(known, account);
      return known;
    },
    async idToken({ id }, options = {}) {
      const { idToken } = await offered(target, "issueTokens")(id, options);
      secrets.add("id_token", idToken);
      return idToken;
    },
    async accessToken({ id }, options = {}) {
      const { accessToken } = await offered(target, "issueTokens")(id, options);
      if (accessToken === undefined)
        throw new NotOffered('the target does not offer access tokens: its "tokens" are without access_token');
      secrets.add("access_token", accessToken);
      return accessToken;
    },
    freshMobile: () => freshReceiver("sms"),
    freshEmail: () => freshReceiver("email"),
    freshPassword,
    read: async ({ id }) => offered(target, "readAccount")(id),
    async remember(...accounts) {
      const before = await Promise.all(accounts.map(states.now));
      return {
        async unchanged() {
          const after = await Promise.all(accounts.map((account) => stateOf(target, account)));
          for (const [index, state] of before.entries()) {
            const now = String(after[index]);
            base.expect(state === now, "the account, which must not have changed", state, now, UNCHANGED);
          }
        },
      };
    },
  };
}

const UNCHANGED = { basis: universal("A refused request changes nothing."), certain: true } as const;

function addReceiver(secrets: Secrets, receiver: string | null | undefined): void {
  if (typeof receiver !== "string") return;
  const isEmail = receiver.includes("@");
  // The digits are the same in every form of the number.
  secrets.add(isEmail ? "email" : "mobile", isEmail ? receiver : nationalPart(receiver));
}

function withoutNulls(seed: Readonly<Record<string, string | null | undefined>>): AccountSeed {
  return Object.fromEntries(Object.entries(seed).filter(([, value]) => typeof value === "string"));
}

function remembered(account: TargetAccount, seed: AccountSeed, secrets: Secrets): Account {
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

interface States {
  /** The account was made just now, and the target answered this. */
  made(account: Account, shown: TargetAccount): void;
  /** The state of the account. Reads it, unless it is as it was made. */
  now(account: Account): Promise<string>;
}

function statesOf({ target, exchanges }: Base, madeAccounts: MadeAccounts): States {
  const untouched = new Map<Account, { readonly kind: string; readonly state: string; readonly requests: number }>();
  return {
    made(account, shown) {
      const { mobile, email, username, name, password } = account;
      const kind = [mobile, email, username, name, password].map((value) => value !== undefined).join();
      const matches = password === undefined || target.passwordMatches === undefined ? undefined : true;
      untouched.set(account, { kind, state: stateText(target, shown, matches), requests: exchanges.length });
    },
    async now(account) {
      const made = untouched.get(account);
      // Any request to the API may have changed it.
      if (made?.requests !== exchanges.length) return stateOf(target, account);
      if (madeAccounts.areAsMade(made.kind)) return made.state;
      const state = await stateOf(target, account);
      madeAccounts.note(made.kind, state === made.state);
      return state;
    },
  };
}

/** Everything that the target shows of the account, as a text to compare. Both calls go at once. */
async function stateOf(target: Target, { id, password }: Account): Promise<string> {
  const checked = password === undefined ? undefined : target.passwordMatches?.(id, password);
  // The password of an account that is gone cannot be checked. Any other error is that of the call.
  const [account, outcome] = await Promise.all([target.readAccount?.(id), settled(checked)]);
  const isGone = target.readAccount !== undefined && account === undefined;
  if (!isGone && outcome.error !== undefined) throw outcome.error;
  return stateText(target, account, outcome.value);
}

async function settled<T>(work: Promise<T> | undefined): Promise<{ readonly value?: T; readonly error?: unknown }> {
  try {
    return work === undefined ? {} : { value: await work };
  } catch (error) {
    return { error };
  }
}

function stateText(target: Target, account: TargetAccount | undefined, matches: boolean | undefined): string {
  if (target.readAccount !== undefined && account === undefined) return "gone";
  const passwordText = matches ? "the password matches" : "the password no longer matches";
  return [...(account === undefined ? [] : shown(account)), ...(matches === undefined ? [] : [passwordText])].join(
    ", ",
  );
}

function shown({ mobile, email, username, name }: TargetAccount): readonly string[] {
  const identifiers = [mobile, email].map((receiver) => (receiver ? canonical(receiver) : "none"));
  return [...identifiers, username ?? "none", name ?? "none"];
}
