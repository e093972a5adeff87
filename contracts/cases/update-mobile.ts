/** POST profile/update-mobile: the signed-in account gets the number to which the code was sent. */
import type { Case } from "../case.ts";
import { expectSuccess, judgeRefusal } from "../judge.ts";
import { CODE, SIGNED_IN } from "../needs.ts";
import { canonical } from "../receivers.ts";
import {
  type Breaks,
  caseOf,
  change,
  checkCases,
  fieldCases,
  headerCases,
  leavesAlone,
  orderCases,
  type Scenario,
  succeeds,
  successCase,
} from "../scenario.ts";
import { NotApplicable, type World } from "../world.ts";
import { type CodeScene, codeBreaks, otherThan } from "./code-breaks.ts";
import { headerBreaks, REQUIRED_HEADERS } from "./header-breaks.ts";
import { languageCases } from "./language-cases.ts";
import { oneSucceeds } from "./races.ts";
import { bear, type SignedInScene, tokenBreaks } from "./token-breaks.ts";

interface UpdateScene extends SignedInScene, CodeScene {}

const scene = "UPDATE_MOBILE_SMS";

const scenario: Scenario<UpdateScene> = {
  operation: "updateMobile",
  needs: [...SIGNED_IN, CODE],
  async arrange(world) {
    const [member, decoy] = [await world.member(), await world.member()];
    const code = await world.code({ to: await world.freshMobile(), scene });
    const decoyBefore = await world.remember(decoy);
    const body = { mobile: code.to, verify_code: code.code };
    return {
      world,
      member,
      decoy,
      code,
      draft: world.draft("updateMobile", { body, idToken: await world.idToken(member) }),
      watched: [member, decoy],
      async happened() {
        await expectMobile(world, member.id, code.to);
        await decoyBefore.unchanged();
      },
    };
  },
};

async function expectMobile(world: World, id: string, wanted: string): Promise<void> {
  const account = await world.target.readAccount?.(id);
  if (world.target.readAccount === undefined) return;
  const mobile = account?.mobile ?? "none";
  world.expect(canonical(mobile) === canonical(wanted), "mobile of the account", canonical(wanted), canonical(mobile));
}

const breaks = {
  ...headerBreaks,
  ...tokenBreaks,
  ...codeBreaks<UpdateScene>({ useUp }),
  "new-mobile-missing": {
    title: "Without a new number the request is refused",
    apply({ draft }) {
      const { mobile: _, ...body } = draft.body ?? {};
      change(draft, { body, broken: "mobile is missing" });
    },
    harmless: true,
  },
  "mobile-malformed": {
    title: "What no rule takes for a number is refused",
    apply: ({ draft }) => setMobile(draft, "12345"),
    harmless: true,
  },
  "mobile-unverified": {
    title: "A number to which no code was sent is refused",
    async apply({ world, draft }) {
      setMobile(draft, await world.freshMobile());
    },
    harmless: true,
  },
  "mobile-own": {
    title: "The account's own number is taken already",
    apply: ({ world, draft, member }) => takeNumber(world, draft, member.mobile),
  },
  "mobile-taken": {
    title: "The number of another account is refused",
    apply: ({ world, draft, decoy }) => takeNumber(world, draft, decoy.mobile),
    harmless: true,
  },
} satisfies Breaks<UpdateScene>;

function setMobile(draft: UpdateScene["draft"], mobile: string): void {
  change(draft, { body: { ...draft.body, mobile } });
}

async function takeNumber(world: World, draft: UpdateScene["draft"], mobile = ""): Promise<void> {
  const { code } = await world.code({ to: mobile, scene });
  change(draft, { body: { mobile, verify_code: code } });
}

/** Uses the code, and moves on to another number, so that the first one is free again. */
async function useUp({ world, draft }: UpdateScene): Promise<void> {
  expectSuccess(world, await world.send(draft));
  const next = await world.code({ to: await world.freshMobile(), scene });
  expectSuccess(world, await world.send({ ...draft, body: { mobile: next.to, verify_code: next.code } }));
}

export const updateMobileCases: readonly Case[] = [
  successCase(scenario, "The signed-in account gets the new number", ["account-read"]),
  ...checkCases(scenario, breaks),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { mobile: "new-mobile-missing", verify_code: "code-missing" }),
  ...languageCases(scenario),
  ...orderCases(scenario, breaks, [
    ["device-incomplete", "client-missing"],
    ["client-unknown", "id-token-missing"],
    ["id-token-invalid", "code-missing"],
    ["code-missing", "new-mobile-missing"],
    ["new-mobile-missing", "account-gone"],
    ["mobile-malformed", "code-wrong"],
    ["mobile-unverified", "code-wrong"],
    ["code-wrong", "mobile-taken"],
    ["mobile-taken", "account-gone"],
  ]),

  caseOf(
    scenario,
    {
      name: "wrong-try-keeps-the-code",
      title: "A wrong try does not use the code up",
      axis: "state",
    },
    async ({ world, draft, code, happened }) => {
      if (world.figure("code_max_attempts") < 2) throw new NotApplicable("by its policy, one wrong try is too many");
      const wrong = { ...draft, body: { ...draft.body, verify_code: otherThan(code) } };
      judgeRefusal(world, await world.send(wrong, "en"), "code-wrong", "en");
      await succeeds({ world, draft, watched: [], happened });
    },
  ),
  caseOf(
    scenario,
    {
      name: "old-number-is-free",
      title: "The number that was given up can be taken by another account",
      axis: "state",
    },
    async (scene) => {
      await succeeds(scene);
      const { world, member, decoy } = scene;
      const { code, to } = await world.code({ to: member.mobile ?? "", scene: scene.code.scene });
      const body = { mobile: to, verify_code: code };
      const reply = await world.send(world.draft("updateMobile", { body, idToken: await world.idToken(decoy) }));
      if (expectSuccess(world, reply)) await expectMobile(world, decoy.id, to);
    },
  ),
  caseOf(
    scenario,
    {
      name: "new-number-is-taken",
      title: "The new number is refused to everybody else from then on",
      axis: "state",
    },
    async (scene) => {
      await succeeds(scene);
      const { world, decoy } = scene;
      await leavesAlone({ ...scene, watched: [decoy] }, async () => {
        const { code, to } = await world.code({ to: scene.code.to, scene: scene.code.scene });
        const body = { mobile: to, verify_code: code };
        const reply = await world.send(
          world.draft("updateMobile", { body, idToken: await world.idToken(decoy) }),
          "en",
        );
        judgeRefusal(world, reply, "mobile-taken", "en");
      });
    },
  ),
  caseOf(
    scenario,
    {
      name: "same-code-twice-at-once",
      title: "Of two requests with one code at once, one succeeds",
      axis: "concurrency",
      needs: ["unique-codes"],
    },
    async ({ world, draft, decoy }) => {
      const rival = { ...draft, headers: { ...draft.headers } };
      bear(rival, await world.idToken(decoy));
      await oneSucceeds(world, [draft, rival]);
    },
  ),
];
