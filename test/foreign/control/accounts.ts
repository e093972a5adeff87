/** Accounts, their passwords and their tokens. */
import { randomUUID } from "node:crypto";
import { type HttpResponse, problem } from "../http-values.ts";
import { isEmail, spelled } from "../numbers.ts";
import { type Account, accountWithEmail, accountWithMobile, issueToken, mobileOf, type World } from "../state.ts";
import {
  type Asked,
  type ControlCall,
  created,
  fieldsIn,
  isExpiresIn,
  notOffered,
  ok,
  textOfLength,
} from "./handler.ts";

const ACCOUNT = "/accounts/([^/]+)";

export const accountCalls: readonly ControlCall[] = [
  { route: /^POST \/accounts$/, capability: "accounts", respond: createAccount },
  {
    route: withId("GET"),
    capability: "account-read",
    respond: withAccount((account, { world }) => ok(shown(account, world))),
  },
  { route: withId("DELETE"), capability: "accounts", respond: withAccount(deleteAccount) },
  { route: withId("POST", "/password-check"), capability: "password-check", respond: withAccount(checkPassword) },
  { route: withId("POST", "/tokens"), capability: "tokens", respond: withAccount(issueTokens) },
];

function withId(method: string, rest = ""): RegExp {
  return new RegExp(`^${method} ${ACCOUNT}${rest}$`);
}

const seedFields = {
  mobile: textOfLength(64),
  email: textOfLength(254),
  username: textOfLength(128),
  name: textOfLength(128),
  password: textOfLength(256),
};

type Seed = Partial<Record<keyof typeof seedFields, string>>;

function createAccount({ call, world }: Asked): HttpResponse {
  const input = fieldsIn(call, seedFields);
  if (typeof input === "string") return problem(400, "Malformed account", input);
  const { mobile: number, email = null, username = null, name = null, password } = input as Seed;
  const mobile = number === undefined ? null : mobileOf(world, number);
  if (mobile === undefined) return problem(400, "Malformed account", "mobile is not a mobile number");
  if (email !== null && !isEmail(email, world.choices))
    return problem(400, "Malformed account", "email is not an address");
  if (mobile !== null && accountWithMobile(world, mobile) !== undefined) return problem(409, "Number taken");
  if (email !== null && accountWithEmail(world, email) !== undefined) return problem(409, "Address taken");
  const passwords = password === undefined ? [] : [password];
  const account: Account = { id: newId(world), mobile, email, username, name, passwords };
  world.accounts.set(account.id, account);
  return created(shown(account, world));
}

function newId({ choices }: World): string {
  return choices.accountIds === "plain" ? `u-${randomUUID()}` : `用户/${randomUUID()} ?a=b&c#d%20`;
}

function withAccount(respond: (account: Account, asked: Asked) => HttpResponse): ControlCall["respond"] {
  return (asked) => {
    const account = asked.world.accounts.get(asked.id);
    return account === undefined ? problem(404, "No such account") : respond(account, asked);
  };
}

function shown({ id, mobile, email, username, name }: Account, { choices }: World): object {
  const address = choices.shownAddresses === "lower" ? (email?.toLowerCase() ?? null) : email;
  return { name, username, email: address, mobile: mobile === null ? null : spelled(mobile, choices.shownNumbers), id };
}

function deleteAccount({ id }: Account, { world }: Asked): HttpResponse {
  world.accounts.delete(id);
  return { status: 204 };
}

function checkPassword({ passwords }: Account, { call }: Asked): HttpResponse {
  const input = fieldsIn(call, { password: textOfLength(256, 0) });
  if (typeof input === "string") return problem(400, "Malformed password check", input);
  if (input["password"] === undefined) return problem(400, "Malformed password check", "password is missing");
  return ok({ matches: passwords[0] === input["password"] });
}

function issueTokens(account: Account, asked: Asked): HttpResponse {
  const { call, world } = asked;
  const input = fieldsIn(call, { expires_in: isExpiresIn });
  if (typeof input === "string") return problem(400, "Malformed order of tokens", input);
  const { id_token_ttl_seconds: usual } = world.policy.of("bamboocloud");
  const { expires_in: seconds = usual } = input as { readonly expires_in?: number };
  const missing = seconds <= 0 ? notOffered(asked, "expired tokens") : undefined;
  if (missing !== undefined) return missing;
  const access_token = issueToken(world, account, "access", seconds);
  return created({ access_token, id_token: issueToken(world, account, "id", seconds), expires_in: seconds });
}
