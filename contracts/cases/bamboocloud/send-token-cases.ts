/** The pass token of a captcha in a message request, beyond the named checks, for either channel. */
import type { Case } from "../../world/case.ts";
import { expectRefusal } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, leavesAlone } from "../scenario.ts";
import { inboxOf } from "../shared/inbox.ts";
import { manyAtOnce, manyTimes, winnerOf } from "../shared/races.ts";
import { challengeToken } from "./challenges.ts";
import type { Channel } from "./channels.ts";
import { scenarioWithoutPass, sendScenario, tokenOf, withToken } from "./sending.ts";

export function tokenCases(channel: Channel): readonly Case[] {
  const scenario = sendScenario(channel);
  return [
    caseOf(
      scenario,
      {
        name: "captcha-token-respelled",
        title: "A pass token whose second half is reformatted is refused",
        category: "security",
      },
      async ({ world }) => {
        for (const respelled of [withBlank, withLongerNumber]) {
          await leavesAlone(await scenario.arrange(world), async ({ draft }) => {
            withToken(draft, respelled(tokenOf(draft)));
            expectRefusal(world, await world.send(draft, "en"), "captcha-token-altered", "en");
          });
        }
      },
    ),
    caseOf(
      scenarioWithoutPass(channel),
      {
        name: "captcha-token-forged",
        title: "The token of an unsolved captcha is refused as a pass token, with any second half",
        category: "security",
        calls: ["getCaptcha"],
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          const token = await challengeToken(world);
          const { x, y } = (await world.target.solveCaptcha?.(token)) ?? { x: 237, y: 5 };
          for (const forged of [token, `${token}---`, `${token}---${JSON.stringify({ x, y })}`]) {
            withToken(draft, forged);
            expectRefusal(world, await world.send(draft, "en"), "captcha-token-unknown", "en");
          }
        }),
    ),
    caseOf(
      scenario,
      {
        name: "same-captcha-token-at-once",
        title: "Of two simultaneous requests with the same pass token, exactly one succeeds",
        category: "concurrency",
      },
      async ({ world, to, draft, inbox }) => {
        const type = channel.otherScene;
        const otherInbox = await inboxOf(world, to, type);
        const winner = await winnerOf(world, [draft, { ...draft, body: { ...draft.body, type } }]);
        if (winner === undefined) return;
        const [one, other] = winner === 0 ? [inbox, otherInbox] : [otherInbox, inbox];
        await one.getsOne();
        await other.getsNothing();
      },
    ),
    manyAtOnce(scenario, {
      noun: "pass token",
      of: ({ draft }) => manyTimes(draft),
      after: async ({ inbox }) => void (await inbox.getsOne()),
    }),
  ];
}

/** Adds a space where JSON allows one. */
function withBlank(token: string): string {
  const { head, json } = halvesOf(token);
  return `${head}---${json.replace("{", "{ ")}`;
}

/** The same number with one more digit: `5.0` for `5`, `5.00` for `5.0`. */
function withLongerNumber(token: string): string {
  const { head, json } = halvesOf(token);
  return `${head}---${json.replace(/(?:\.\d+)?(?=\D*$)/, (fraction) => `${fraction === "" ? "." : fraction}0`)}`;
}

function halvesOf(token: string): { readonly head: string; readonly json: string } {
  const [, head, json] = /^(.+?)---(\{.*\d.*\})$/s.exec(token) ?? [];
  if (head === undefined || json === undefined)
    throw new NotApplicable("the second half of the target's pass tokens is not JSON");
  return { head, json };
}
