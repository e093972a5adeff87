/** A number or address has one owner, and a stranger does not learn that there is one. */

import { inferred, universal } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { described, expectRefused } from "../../world/expect.ts";
import type { Code, Reply, World } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario } from "../scenario.ts";
import { otherThan } from "../shared/code-mutations.ts";
import { inBatches } from "../shared/in-batches.ts";
import { oddFormsOf } from "../shared/odd-forms.ts";
import { ownerHidden } from "../shared/owner-hidden.ts";
import { bodyOf, type ContactChange, type ContactChangeFixture } from "./contact-change.ts";

const ONE_OWNER = universal("One number belongs to one account, however it is written.");

export function ownerCases(change: ContactChange, scenario: Scenario<ContactChangeFixture>): readonly Case[] {
  const { noun, field } = change;
  return [
    caseOf(
      scenario,
      {
        name: `taken-${noun}-in-odd-forms`,
        title: `A taken ${noun} does not get a second owner in another form, with other digits or hidden characters`,
        category: "security",
        basis: noun === "number" ? ONE_OWNER : inferred("No page prints the rule for a valid address."),
      },
      (fixture) => hasOneOwner(change, scenario, fixture),
    ),
    caseOf(
      scenario,
      {
        name: `malformed-${noun}-with-its-code`,
        title: `A value that is clearly not a valid ${noun} is refused, even with a code for it`,
        category: "boundary",
        basis: inferred(`No page prints the rule for a valid ${noun}.`),
      },
      (fixture) => {
        const values = change.malformed;
        return inBatches(scenario, fixture, { values, size: values.length }, async ({ world, draft, code }, value) => {
          // A target that plants no code for the value gets a code for another one.
          const its = (await plantedFor(world, value, change.scene)) ?? { ...code, to: value };
          const reply = await world.send({ ...draft, body: bodyOf(change, its) });
          expectRefused(world, reply, `the ${noun} ${JSON.stringify(value)}`);
          return reply;
        });
      },
    ),
    ownerHidden(scenario, {
      field,
      noun,
      async request({ world, draft, bystander }) {
        const code = await world.code({ to: bystander[field] ?? "", scene: change.scene });
        return { draft: { ...draft, body: bodyOf(change, code) }, owner: bystander };
      },
    }),
    caseOf(
      scenario,
      {
        name: `taken-${noun}-needs-the-code`,
        title: `Without the right code, a taken ${noun} gets the same refusal as an unused one`,
        category: "security",
        basis: inferred(`No page says so. Otherwise a stranger learns which ${noun}s belong to customers.`),
      },
      async (fixture) => {
        const { world, bystander } = fixture;
        const taken = bystander[field] ?? "";
        await areTreatedAlike(change, fixture, "that got no code", [taken, await change.fresh(world)]);
        const unused = await change.fresh(world);
        for (const to of [taken, unused]) await world.code({ to, scene: change.scene });
        await areTreatedAlike(change, fixture, "with a wrong code", [taken, unused]);
      },
    ),
  ];
}

/** Each form is tried with a code that was planted for it, if the target does that, and with a code for the receiver. */
async function hasOneOwner(
  change: ContactChange,
  scenario: Scenario<ContactChangeFixture>,
  fixture: ContactChangeFixture,
): Promise<void> {
  const { field, noun, scene } = change;
  const forms = oddFormsOf(fixture.bystander[field] ?? "");
  const values = forms.flatMap((form) => [
    { form, sentTo: form },
    { form, sentTo: undefined },
  ]);
  const codes = new Map<string, Code>();
  await inBatches(scenario, fixture, { values, size: values.length }, async (one, { form, sentTo }) => {
    const { world, draft, bystander } = one;
    const taken = bystander[field] ?? "";
    const code =
      sentTo === undefined ? await codeFor(world, codes, taken, scene) : await plantedFor(world, form, scene);
    if (code === undefined) return undefined;
    const reply = await world.send({ ...draft, body: { [field]: form, verify_code: code.code } });
    expectRefused(world, reply, `the taken ${noun} as ${JSON.stringify(form)}`);
    return reply;
  });
}

/** A new code for each attempt, because a refusal may use it up. A target that only sends codes sends one. */
async function codeFor(world: World, sent: Map<string, Code>, to: string, scene: string): Promise<Code> {
  const code = (world.target.plantCode === undefined ? sent.get(to) : undefined) ?? (await world.code({ to, scene }));
  sent.set(to, code);
  return code;
}

/** undefined if the target plants no code for this form. */
async function plantedFor(world: World, to: string, scene: string): Promise<Code | undefined> {
  const planted = { to, scene, code: world.random.digits(CODE_LENGTH), expiresIn: LIFE_S };
  const code = await world.target.plantCode?.(planted).catch(() => undefined);
  return code === undefined ? undefined : { to, scene, code };
}

const CODE_LENGTH = 6;
const LIFE_S = 600;

async function areTreatedAlike(
  change: ContactChange,
  fixture: ContactChangeFixture,
  what: string,
  [taken, unused]: readonly [taken: string, unused: string],
): Promise<void> {
  await leavesAlone(fixture, async ({ world, draft, code }) => {
    const wrong = { ...code, code: otherThan(code) };
    const replies: Reply[] = [];
    for (const to of [taken, unused]) {
      replies.push(await world.send({ ...draft, body: bodyOf(change, { ...wrong, to }) }));
    }
    const [one, other] = replies as [Reply, Reply];
    const isSame = one.status === other.status && refusalCode(one) === refusalCode(other);
    const subject = `refusal of a taken ${change.noun} ${what}`;
    world.expect(isSame, subject, `the same as for an unused one: ${described(other)}`, described(one), {
      exchange: one.exchange,
    });
  });
}

function refusalCode({ json }: Reply): unknown {
  return (json as { readonly error_code?: unknown } | undefined)?.error_code;
}
