/** What the cases of signing in by a code have in common: the request, and what the id_token of its answer is worth. */
import { expectSuccess } from "../../world/expect.ts";
import { type Account, type Code, type Draft, NotArranged, type Reply, type World } from "../../world/world.ts";
import type { CodeFixture } from "../shared/code-mutations.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";

export const SCENE = "LOGIN_SMS";

export interface LoginFixture extends CodeFixture {
  readonly member: Account;
  /** Somebody else, whom nothing here may touch. */
  readonly decoy: Account;
}

/** Signs in with the code, at the number that it was sent to or at the same one in another form. */
export function loginWith(world: World, { to, code }: Code, written = to): Draft {
  return world.draft("loginByMobileCode", { body: { mobile: written, verify_code: code } });
}

/** Ends the case where nobody was signed in; the violation is noted. */
export function idTokenOf(world: World, reply: Reply): string {
  const token = expectSuccess(world, reply) ? (reply.json as { id_token?: unknown } | undefined)?.id_token : undefined;
  if (typeof token !== "string") throw new NotArranged("the login failed");
  world.secrets.add("id_token", token);
  return token;
}

/** A change that only a good id_token of the member may make: it asks for a new address. */
export async function changeOfEmail(world: World, idToken: string): Promise<Draft> {
  const { to, code } = await world.code({ to: await world.freshEmail(), scene: "UPDATE_EMAIL_EMS" });
  return world.draft("updateEmail", { body: { email: to, verify_code: code }, idToken });
}

/** Whether the token is the member's: what is done with it is done to the member. */
export async function expectSignsIn(world: World, idToken: string, account: Account): Promise<void> {
  const draft = await changeOfEmail(world, idToken);
  if (!expectSuccess(world, await world.send(draft))) return;
  await expectReceiver(world, account, "email", String(draft.body?.["email"]));
}
