/** The ways to write a number and an address. Every way means the same one. */
import { canonical, nationalPart } from "../../world/receivers.ts";
import { NotApplicable } from "../../world/world.ts";

/** Three ways to write the same, the plainest first. */
export type Forms = readonly [plain: string, other: string, third: string];

/** The published rule allows all of them. */
export function formsOfMobile(mobile: string): Forms {
  if (!canonical(mobile).startsWith("+86-"))
    throw new NotApplicable("no document shows other forms for the country of the target's numbers");
  const national = nationalPart(mobile);
  return [national, `+86-${national}`, `+86${national}`];
}

/** That case does not matter is inferred. */
export function formsOfEmail(email: string): Forms {
  const plain = email.toLowerCase();
  return [plain, plain.toUpperCase(), plain.replace(/^./, (first) => first.toUpperCase())];
}

/** How a place is written when its code is sent, and when it is used: each form in either role, each of another receiver. */
export async function rolesOf(
  formsOf: (receiver: string) => Forms,
  fresh: () => Promise<string>,
): Promise<readonly (readonly [sentTo: string, written: string])[]> {
  const roles: [string, string][] = [];
  for (const at of [1, 2] as const) {
    const [one, other] = [formsOf(await fresh()), formsOf(await fresh())];
    roles.push([one[0], one[at]], [other[at], other[0]]);
  }
  return roles;
}
