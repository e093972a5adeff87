/** The common part of the login cases: the request, and the use of the returned id_token. */
import { expectSuccess } from "../../world/expect.ts";
import { type Account, type Code, type Draft, NotArranged, type Reply, type World } from "../../world/world.ts";
import type { CodeFixture } from "../shared/code-mutations.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";

export const SCENE = "LOGIN_SMS";

export interface LoginFixture extends CodeFixture {
  readonly account: Account;
  /** Another account, which must not change. */
  readonly bystander: Account;
}

/** A login with this code; `written` is another form of its number. */
export function loginWith(world: World, { to, code }: Code, written = to): Draft {
  return world.draft("loginByMobileCode", { body: { mobile: written, verify_code: code } });
}

/** Ends the case after a failed login; the violation is already recorded. */
export function idTokenOf(world: World, reply: Reply): string {
  const token = expectSuccess(world, reply) ? (reply.json as { id_token?: unknown } | undefined)?.id_token : undefined;
  if (typeof token !== "string") throw new NotArranged("the login failed");
  world.secrets.add("id_token", token);
  return token;
}

/** A request that only a valid id_token allows: a change to a new address. */
export async function changeOfEmail(world: World, idToken: string): Promise<Draft> {
  const { to, code } = await world.code({ to: await world.freshEmail(), scene: "UPDATE_EMAIL_EMS" });
  return world.draft("updateEmail", { body: { email: to, verify_code: code }, idToken });
}

/** Expects that the token belongs to the account, by changing its address. */
export async function expectSignsIn(world: World, idToken: string, account: Account): Promise<void> {
  const draft = await changeOfEmail(world, idToken);
  if (!expectSuccess(world, await world.send(draft))) return;
  await expectReceiver(world, account, "email", String(draft.body?.["email"]));
}
