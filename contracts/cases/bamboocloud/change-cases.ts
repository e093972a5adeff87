/** The cases of updateMobile and updateEmail beyond their checks, for either operation. */

import { inferred } from "../../spec/basis.ts";
import { secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { described, expectRefusal, expectSuccess } from "../../world/expect.ts";
import { type Account, type Draft, NotApplicable, type World } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { codeCases } from "../shared/code-cases.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { forgedTokenCases } from "../shared/forged-token-cases.ts";
import { VERY_LONG } from "../shared/malformed.ts";
import { ownAccountOnly } from "../shared/own-account-only.ts";
import { malformedCase, veryLongCase } from "../shared/value-cases.ts";
import { ambiguousCase } from "../shared/wire/ambiguous-case.ts";
import { changeRaces } from "./change-races.ts";
import { bodyOf, type ContactChange, type ContactChangeFixture, requestOf } from "./contact-change.ts";
import { ownerCases } from "./owner-cases.ts";
import { formCases } from "./receiver-form-cases.ts";

export function changeCases(change: ContactChange, scenario: Scenario<ContactChangeFixture>): readonly Case[] {
  const { field, noun, checks, malformed } = change;
  const values = { field, check: checks.malformed, values: malformed };
  return [
    malformedCase(scenario, values, `A value that is clearly not a valid ${noun} is refused as malformed`),
    veryLongCase(scenario, { [field]: VERY_LONG[field], verify_code: VERY_LONG.code }),
    ...formCases(change, scenario),
    ...ownerCases(change, scenario),
    ...codeCases(scenario, {
      otherScene: change.otherScene,
      unknown: checks.unknown,
      sending: change.sending,
      otherForms: (fixture) => formsOfRequest(change, fixture),
      otherReceiver: ({ world }) => change.fresh(world),
      requestOf: ({ world, account }, code) => requestOf(change, world, account, code),
    }),
    ...ownershipCases(change, scenario),
    ...forgedTokenCases(scenario),
    idTokenLifetime(change, scenario),
    ownAccountOnly(scenario, "account-read"),
    ambiguousCase(scenario, { rivals: async ({ world }) => ({ [field]: await change.fresh(world) }) }),
    ...changeRaces(change, scenario),
  ];
}

/** The request with the receiver of its code in each other form. */
function formsOfRequest(change: ContactChange, { draft, code }: ContactChangeFixture): readonly Draft[] {
  const forms = change.formsOf(code.to).filter((form) => form !== code.to);
  return forms.map((form) => ({ ...draft, body: bodyOf(change, code, form) }));
}

function ownershipCases(change: ContactChange, scenario: Scenario<ContactChangeFixture>): readonly Case[] {
  const { noun, field, checks } = change;
  return [
    caseOf(
      scenario,
      {
        name: `first-${noun}`,
        title: `An account without any ${noun} gets its first one; another such account does not change`,
        category: "state",
      },
      ({ world }) => getsItsFirst(change, world),
    ),
    caseOf(
      scenario,
      {
        name: `old-${noun}-is-free`,
        title: `After the change, another account can take the old ${noun}`,
        category: "state",
        basis: inferred(`No page says when a given-up ${noun} is free again.`),
      },
      async (fixture) => {
        await succeeds(fixture);
        const { world, account, bystander } = fixture;
        const code = await world.code({ to: account[field] ?? "", scene: change.scene });
        const reply = await world.send(await requestOf(change, world, bystander, code));
        if (expectSuccess(world, reply)) await expectReceiver(world, bystander, change.field, code.to);
      },
    ),
    caseOf(
      scenario,
      {
        name: `new-${noun}-is-taken`,
        title: `After the change, another account cannot take the new ${noun}`,
        category: "state",
        requires: secondCode(),
        alone: true,
      },
      async (fixture) => {
        await succeeds(fixture);
        const { world, account, bystander } = fixture;
        await leavesAlone({ ...fixture, mustNotChange: [account, bystander] }, async () => {
          const request = await requestOf(change, world, bystander, await world.anotherCode(fixture.code));
          expectRefusal(world, await world.send(request, "en"), checks.taken, "en");
        });
      },
    ),
  ];
}

async function getsItsFirst(change: ContactChange, world: World): Promise<void> {
  const [account, bystander] = [await accountWithout(change, world), await accountWithout(change, world)];
  const before = await world.remember(bystander);
  const code = await world.code({ to: await change.fresh(world), scene: change.scene });
  const reply = await world.send(await requestOf(change, world, account, code));
  const what = `request of an account without any ${change.noun}`;
  if (reply.succeeded) await expectReceiver(world, account, change.field, code.to);
  else world.violate(what, "success", described(reply), { basis: MAY_BE_BOUND_FIRST, exchange: reply.exchange });
  await before.unchanged();
}

const MAY_BE_BOUND_FIRST = inferred("No page says whether an account can get its first one with this request.");

async function accountWithout({ field, noun }: ContactChange, world: World): Promise<Account> {
  const account = await world.account({ [field]: null });
  if (account[field] !== undefined) throw new NotApplicable(`every account of the target has a ${noun}`);
  return account;
}

const TOKEN_LIFE_S = 600;
const MARGIN_S = 60;

function idTokenLifetime(change: ContactChange, scenario: Scenario<ContactChangeFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "id-token-lifetime",
      title: "An id_token works until shortly before it expires, and not after",
      category: "time",
      requires: ["clock"],
      alone: true,
    },
    async (fixture) => {
      const { world, account } = fixture;
      const idToken = await world.idToken(account, { expiresIn: TOKEN_LIFE_S });
      // The code of the fixture may have expired, so each request gets its own code.
      const request = async (): Promise<Draft> => {
        const code = await world.code({ to: await change.fresh(world), scene: change.scene });
        return world.draft(change.operation, { body: bodyOf(change, code), idToken });
      };
      await world.advance(TOKEN_LIFE_S - MARGIN_S);
      expectSuccess(world, await world.send(await request()));
      await world.advance(MARGIN_S + 1);
      await leavesAlone(fixture, async () => {
        expectRefusal(world, await world.send(await request(), "en"), "id-token-expired", "en");
      });
    },
  );
}
