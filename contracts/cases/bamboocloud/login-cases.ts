/** Login by code beyond its checks: the returned id_token, and the number. */
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { caseOf, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { manyAtOnce, manyTimes, oneSucceeds } from "../shared/races.ts";
import { changeOfEmail, expectSignsIn, idTokenOf, type LoginFixture, loginWith, SCENE } from "./login.ts";
import { ANY_FORM, formsOfMobile, rolesOf } from "./receiver-forms.ts";

export function loginCases(scenario: Scenario<LoginFixture>): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "id-token-is-good",
        title: "The returned id_token signs in its own account, and no other account",
        category: "state",
        calls: ["updateEmail"],
      },
      async ({ world, draft, account, bystander }) => {
        const before = await world.remember(bystander);
        await expectSignsIn(world, idTokenOf(world, await world.send(draft)), account);
        await before.unchanged();
      },
    ),
    caseOf(
      scenario,
      {
        name: "id-token-lifetime",
        title: "The returned id_token works until shortly before it expires, and not after",
        category: "time",
        requires: ["clock"],
        calls: ["updateEmail"],
        alone: true,
      },
      async (fixture) => idTokenLives(fixture),
    ),
    caseOf(
      scenario,
      {
        name: "number-forms",
        title: "Login accepts the number in every valid form",
        category: "boundary",
        basis: ANY_FORM,
      },
      async ({ world }) => {
        for (const [to, written] of await rolesOf(formsOfMobile, async () => (await world.account()).mobile ?? "")) {
          const code = await world.code({ to, scene: SCENE });
          expectSuccess(world, await world.send(loginWith(world, code, written)));
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: "after-a-change-of-number",
        title: "After a change of number, login works with the new number and fails with the old one",
        category: "state",
        requires: ["tokens"],
        calls: ["updateMobile"],
      },
      async (fixture) => followsTheNumber(fixture),
    ),
    caseOf(
      scenario,
      {
        name: "same-code-twice-at-once",
        title: "Of two simultaneous logins with the same code, exactly one succeeds",
        category: "concurrency",
        requires: ["unique-codes"],
      },
      async ({ world, draft }) => oneSucceeds(world, [draft, draft]),
    ),
    manyAtOnce(scenario, { noun: "code", of: ({ draft }) => manyTimes(draft) }),
    caseOf(
      scenario,
      {
        name: "two-sign-ins-at-once",
        title: "Two accounts that log in simultaneously each get their own id_token",
        category: "concurrency",
        calls: ["updateEmail"],
        requires: ["account-read"],
      },
      async ({ world, draft, account, bystander }) => {
        const other = loginWith(world, await world.code({ to: bystander.mobile ?? "", scene: SCENE }));
        const [one, another] = await Promise.all([world.send(draft), world.send(other)]);
        await expectSignsIn(world, idTokenOf(world, one), account);
        await expectSignsIn(world, idTokenOf(world, another), bystander);
      },
    ),
  ];
}

const MARGIN_S = 60;

/** The policy of the target states the lifetime of the token. */
async function idTokenLives(fixture: LoginFixture): Promise<void> {
  const { world, draft } = fixture;
  const idToken = idTokenOf(world, await world.send(draft));
  const lifeS = world.figure("id_token_ttl_seconds");
  const marginS = Math.min(MARGIN_S, lifeS / 2);
  await world.advance(Math.floor(lifeS - marginS));
  expectSuccess(world, await world.send(await changeOfEmail(world, idToken)));
  await world.advance(Math.ceil(marginS) + 1);
  await leavesAlone(fixture, async () => {
    const late = await changeOfEmail(world, idToken);
    expectRefusal(world, await world.send(late, "en"), "id-token-expired", "en");
  });
}

async function followsTheNumber(fixture: LoginFixture): Promise<void> {
  const { world, draft, account } = fixture;
  const moved = await world.code({ to: await world.freshMobile(), scene: "UPDATE_MOBILE_SMS" });
  const body = { mobile: moved.to, verify_code: moved.code };
  const changed = await world.send(world.draft("updateMobile", { body, idToken: await world.idToken(account) }));
  if (!expectSuccess(world, changed)) return;
  await leavesAlone(fixture, async () => {
    // No account has the number now. Its code may or may not be invalidated by the change.
    expectRefusal(world, await world.send(draft, "en"), "account-unknown", "en", { or: ["code-wrong"] });
  });
  const code = await world.code({ to: moved.to, scene: SCENE });
  await succeeds({ ...fixture, draft: loginWith(world, code), verifyEffects: async () => undefined });
}
