/** Captchas from the client's side: request one, and answer with the position of the piece. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { type Draft, NotArranged, type Reply, type World } from "../../world/world.ts";
import type { Fixture, Scenario } from "../scenario.ts";

interface Challenge {
  readonly token: string;
  /** Where the piece belongs. */
  readonly x: number;
  readonly y: number;
}

/** The token of an unsolved captcha. */
export async function challengeToken(world: World): Promise<string> {
  const reply = await world.send(world.draft("getCaptcha"));
  const token = (reply.json as { token?: unknown } | undefined)?.token;
  if (typeof token !== "string") throw new NotArranged(`getCaptcha returned ${reply.status} without a token`);
  return token;
}

/** Solved with the target's help; requires `captcha-answer`. */
export async function solvedChallenge(world: World): Promise<Challenge> {
  const token = await challengeToken(world);
  const place = await world.target.solveCaptcha?.(token);
  if (place === undefined) throw new NotArranged("the target does not tell where the captcha piece belongs");
  return { token, ...place };
}

interface Answer {
  readonly token: string;
  readonly sender: string;
  readonly point_json: string;
}

export function answerDraft(world: World, answer: Answer): Draft {
  return world.draft("verifyCaptcha", { body: { ...answer } });
}

/** In the form that a JSON library writes. */
export function pointJson(x: number, y: number): string {
  return JSON.stringify({ x, y });
}

/** Far beyond any sensible tolerance, but inside the picture. */
export function farFrom(x: number): number {
  return x > 150 ? x - 100 : x + 100;
}

export interface VerifyFixture extends Fixture {
  readonly challenge: Challenge;
  readonly sender: string;
}

/** The right position, for a number that no account has. */
export const verifyScenario: Scenario<VerifyFixture> = {
  operation: "verifyCaptcha",
  requires: ["captcha-answer"],
  calls: ["getCaptcha"],
  async arrange(world) {
    const challenge = await solvedChallenge(world);
    const sender = await world.freshMobile();
    const point_json = pointJson(challenge.x, challenge.y);
    return {
      world,
      challenge,
      sender,
      draft: answerDraft(world, { token: challenge.token, sender, point_json }),
      mustNotChange: [],
      verifyEffects: async (reply) => void passOf(world, reply, point_json),
    };
  },
};

type Details = Pick<Case, "category" | "title"> &
  Partial<Pick<Case, "requires" | "calls" | "alone" | "basis">> & { readonly name: string };

/** A case that requests its own captchas. */
export function captchaCase({ name, requires = [], calls = [], ...details }: Details, run: Case["run"]): Case {
  const { operation } = verifyScenario;
  return {
    ...details,
    id: `${operation}/${name}`,
    operation,
    requires: [...verifyScenario.requires, ...requires],
    calls: ["getCaptcha", ...calls],
    run,
  };
}

const SAMPLE_ONLY = inferred("Only the page's sample shows a pass token that ends in point_json.");

/** Returns the pass token. Its second half must equal the point_json of the client. */
export function passOf(world: World, { json }: Reply, written: string): string | undefined {
  const { captcha_token: pass } = (json ?? {}) as { readonly captcha_token?: unknown };
  if (typeof pass !== "string") return undefined;
  world.secrets.add("captcha_token", pass);
  const [, ...rest] = pass.split("---");
  const half = rest.join("---");
  world.expect(half === written, "the second half of captcha_token", written, half === "" ? "none" : half, {
    basis: SAMPLE_ONLY,
  });
  return pass;
}
