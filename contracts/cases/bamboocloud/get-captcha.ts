/** GET captcha: a picture with a hole, the piece that fits it, and a token for the pair. */
import type { Case } from "../../world/case.ts";
import type { World } from "../../world/world.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { headerCases } from "../field-cases.ts";
import { caseOf, type Fixture, type Scenario, successCase } from "../scenario.ts";
import { expectUnpredictable } from "../shared/unpredictable.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { challengeToken, solvedChallenge } from "./challenges.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";

const MANY = 4;

const scenario: Scenario<Fixture> = {
  operation: "getCaptcha",
  requires: [],
  arrange: async (world) => ({
    world,
    draft: world.draft("getCaptcha"),
    mustNotChange: [],
    verifyEffects: async () => undefined,
  }),
};

export const getCaptchaCases: readonly Case[] = [
  successCase(scenario, "get-captcha returns a captcha in the documented form"),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, headerMutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...languageCases(scenario),
  ...wireCases(scenario, {
    refused: headerMutations["client-unknown"],
    clientHeader: CLIENT_HEADER,
    fields: undefined,
  }),
  ...orderCases(scenario, headerMutations, [
    ["device-incomplete", "client-missing"],
    ["device-incomplete", "client-unknown"],
  ]),

  caseOf(
    scenario,
    { name: "pictures", title: "The background and the piece are base64-encoded PNG images", category: "success" },
    async ({ world, draft }) => {
      const { json } = await world.send(draft);
      const captcha = (json ?? {}) as Readonly<Record<string, unknown>>;
      for (const name of ["originalImageBase64", "jigsawImageBase64"]) {
        const picture = captcha[name];
        const start = typeof picture === "string" ? bytesOf(picture)?.slice(0, PNG_SIGNATURE.length) : undefined;
        world.expect(start === PNG_SIGNATURE, name, "a base64-encoded PNG file, iVBORw0KGgo...", shown(picture));
      }
    },
  ),
  caseOf(
    scenario,
    { name: "token-of-its-own", title: "Every captcha has its own token", category: "state" },
    async ({ world }) => {
      const tokens: string[] = [];
      for (let n = 0; n < MANY; n++) tokens.push(await challengeToken(world));
      expectDifferent(world, tokens);
      expectUnpredictable(world, "tokens in a row", tokens);
    },
  ),
  caseOf(
    scenario,
    {
      name: "place-of-its-own",
      title: "Several captchas do not all have the same position",
      category: "security",
      requires: ["captcha-answer"],
    },
    async ({ world }) => {
      const places = new Set<number>();
      for (let n = 0; n < MANY; n++) places.add((await solvedChallenge(world)).x);
      world.expect(places.size > 1, `positions of ${MANY} captchas`, "different positions", "the same position");
    },
  ),
  caseOf(
    scenario,
    {
      name: "token-of-its-own-at-once",
      title: "Captchas requested simultaneously have different tokens",
      category: "concurrency",
    },
    async ({ world }) =>
      expectDifferent(world, await Promise.all(Array.from({ length: MANY }, () => challengeToken(world)))),
  ),
];

const PNG_SIGNATURE = "\x89PNG\r\n\x1A\n";

/** One character for each byte; undefined for invalid base64. */
function bytesOf(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}

function shown(picture: unknown): string {
  return typeof picture === "string" ? `${picture.slice(0, 20)}...` : (JSON.stringify(picture) ?? "nothing");
}

function expectDifferent(world: World, tokens: readonly string[]): void {
  const different = new Set(tokens).size;
  world.expect(
    different === tokens.length,
    "tokens",
    `${tokens.length} different tokens`,
    `${different} different tokens`,
  );
}
