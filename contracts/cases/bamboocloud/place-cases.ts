/** The position of the captcha piece: tolerance and notation. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { World } from "../../world/world.ts";
import { caseOf } from "../scenario.ts";
import { answerDraft, captchaCase, farFrom, passOf, pointJson, solvedChallenge, verifyScenario } from "./challenges.ts";

const FIXED_Y = inferred("The page says that y is fixed, and not that another y is refused.");

export const placeCases: readonly Case[] = [
  caseOf(
    verifyScenario,
    {
      name: "wrong-place-uses-the-captcha",
      title: "After a wrong position, the right position is refused too",
      category: "state",
      basis: inferred("Only the source of the captcha engine shows that a wrong position ends the captcha."),
    },
    async ({ world, draft, challenge: { x, y } }) => {
      const wrong = { ...draft, body: { ...draft.body, point_json: pointJson(farFrom(x), y) } };
      expectRefusal(world, await world.send(wrong, "en"), "captcha-place-wrong", "en");
      expectRefusal(world, await world.send(draft, "en"), "captcha-challenge-used", "en");
    },
  ),
  captchaCase(
    { name: "within-the-tolerance", title: "A position within the tolerance is accepted", category: "boundary" },
    async (world) => {
      const tolerance = world.figure("captcha_tolerance_px");
      for (const farthest of [(x: number) => Math.ceil(x - tolerance), (x: number) => Math.floor(x + tolerance)]) {
        const { x, y, token } = await solvedChallenge(world);
        expectSuccess(world, await answered(world, token, pointJson(farthest(x), y)));
      }
    },
  ),
  captchaCase(
    {
      name: "beyond-the-tolerance",
      title: "A position one pixel beyond the tolerance is refused",
      category: "boundary",
    },
    async (world) => {
      const tolerance = world.figure("captcha_tolerance_px");
      for (const nearest of [
        (x: number) => Math.floor(x - tolerance) - 1,
        (x: number) => Math.ceil(x + tolerance) + 1,
      ]) {
        const { x, y, token } = await solvedChallenge(world);
        expectRefusal(world, await answered(world, token, pointJson(nearest(x), y)), "captcha-place-wrong", "en");
      }
    },
  ),
  caseOf(
    verifyScenario,
    { name: "y-is-fixed", title: "A position with y other than 5 is refused", category: "boundary", basis: FIXED_Y },
    async ({ world, draft, challenge: { x, y } }) => {
      const other = { ...draft, body: { ...draft.body, point_json: pointJson(x, y + 1) } };
      expectRefusal(world, await world.send(other, "en"), "captcha-place-wrong", "en");
    },
  ),
  captchaCase(
    { name: "no-place", title: "A point_json without a position is refused", category: "boundary" },
    async (world) => {
      for (const text of ["not JSON", "null", "[]", '{"y":5}']) {
        const { token } = await solvedChallenge(world);
        const options = { or: ["captcha-parameter-missing"] };
        expectRefusal(world, await answered(world, token, text), "captcha-place-wrong", "en", options);
      }
    },
  ),
  captchaCase(
    {
      name: "place-is-repeated-verbatim",
      title: "The pass token repeats point_json exactly as the client wrote it",
      category: "boundary",
    },
    async (world) => {
      for (const written of [asDocumented, withBlanks]) {
        const { token, x, y } = await solvedChallenge(world);
        const text = written(x, y);
        const reply = await answered(world, token, text);
        if (expectSuccess(world, reply)) passOf(world, reply, text);
      }
    },
  ),
];

async function answered(world: World, token: string, point_json: string) {
  return world.send(answerDraft(world, { token, sender: await world.freshMobile(), point_json }), "en");
}

/** `{"x":237.0,"y":5.0}` */
function asDocumented(x: number, y: number): string {
  return `{"x":${x.toFixed(1)},"y":${y.toFixed(1)}}`;
}

function withBlanks(x: number, y: number): string {
  return `{ "y": ${y}, "x": ${x} }`;
}
