/** Whether an account has a number or an address, in whatever form the target writes it. Says nothing where it cannot tell. */
import { canonical } from "../../world/receivers.ts";
import type { Account, World } from "../../world/world.ts";

type Field = "mobile" | "email";

export async function expectReceiver(world: World, account: Account, field: Field, wanted: string): Promise<void> {
  if (world.target.readAccount === undefined) return;
  const has = canonical((await world.read(account))?.[field] ?? "none");
  world.expect(has === canonical(wanted), `${field} of the account`, canonical(wanted), has);
}

/** The same, and that the account has kept all else that is known of it. */
export async function expectOnlyChange(world: World, account: Account, field: Field, wanted: string): Promise<void> {
  await expectReceiver(world, account, field, wanted);
  await expectKept(world, account, field);
  const { id, password } = account;
  if (password === undefined || world.target.passwordMatches === undefined) return;
  const matches = await world.target.passwordMatches(id, password);
  world.expect(matches, "password of the account, which the request does not change", "the same as before", "another");
}

/** What is known of the account, but for the field that was changed, is as it was. */
export async function expectKept(world: World, before: Account, changed?: Field): Promise<void> {
  const account = await world.target.readAccount?.(before.id);
  for (const name of ["mobile", "email", "username", "name"] as const) {
    const known = before[name];
    if (account === undefined || name === changed || known === undefined) continue;
    const has = account[name] ?? "none";
    world.expect(
      canonical(has) === canonical(known),
      `${name} of the account, which the request does not change`,
      known,
      has,
    );
  }
}
