/** Captchas as a client sees them: handed out, and answered with the place of the piece. */
import type { Case } from "../../world/case.ts";
import { type Draft, NotArranged, type Reply, type World } from "../../world/world.ts";
import type { Fixture, Scenario } from "../scenario.ts";

interface Challenge {
  readonly token: string;
  /** Where the piece belongs. */
  readonly x: number;
  readonly y: number;
}

/** Of a captcha that is still to be answered. */
export async function challengeToken(world: World): Promise<string> {
  const reply = await world.send(world.draft("getCaptcha"));
  const token = (reply.json as { token?: unknown } | undefined)?.token;
  if (typeof token !== "string") throw new NotArranged(`getCaptcha returned ${reply.status} without a token`);
  return token;
}

/** With the target's help; needs `captcha-answer`. */
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

/** As every client writes it that has JSON. */
export function pointJson(x: number, y: number): string {
  return JSON.stringify({ x, y });
}

/** Far beyond any sensible tolerance, and within the picture. */
export function farFrom(x: number): number {
  return x > 150 ? x - 100 : x + 100;
}

export interface VerifyFixture extends Fixture {
  readonly challenge: Challenge;
  readonly sender: string;
}

/** The right place, for a number of nobody. */
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
  Partial<Pick<Case, "requires" | "calls" | "alone">> & { readonly name: string };

/** A case about as many captchas as it asks for. */
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

/** The pass token; its second half must be what the client wrote. */
export function passOf(world: World, { json }: Reply, written: string): string | undefined {
  const { captcha_token: pass } = (json ?? {}) as { readonly captcha_token?: unknown };
  if (typeof pass !== "string") return undefined;
  world.secrets.add("captcha_token", pass);
  const [, ...rest] = pass.split("---");
  const half = rest.join("---");
  world.expect(half === written, "the second half of captcha_token", written, half === "" ? "none" : half);
  return pass;
}
