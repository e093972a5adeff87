/** Expects this number or address of the account, in any form. Skipped if the target cannot read accounts. */
import { canonical } from "../../world/receivers.ts";
import type { Account, World } from "../../world/world.ts";

type Field = "mobile" | "email";

export async function expectReceiver(world: World, account: Account, field: Field, wanted: string): Promise<void> {
  if (world.target.readAccount === undefined) return;
  const has = canonical((await world.read(account))?.[field] ?? "none");
  world.expect(has === canonical(wanted), `${field} of the account`, canonical(wanted), has);
}

/** The same, and expects that the other known fields are unchanged. */
export async function expectOnlyChange(world: World, account: Account, field: Field, wanted: string): Promise<void> {
  await expectReceiver(world, account, field, wanted);
  await expectKept(world, account, field);
  const { id, password } = account;
  if (password === undefined || world.target.passwordMatches === undefined) return;
  const matches = await world.target.passwordMatches(id, password);
  world.expect(matches, "password of the account, which the request does not change", "the same as before", "another");
}

/** Expects that the known fields of the account, except the changed one, are as before. */
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
