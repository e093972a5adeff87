/** Captchas in a world: a pass token, solved through the API or issued by the target. */
import { NotOffered } from "../target/target.ts";
import type { Base } from "./base.ts";
import { offered } from "./offered.ts";
import { preparing } from "./preparing.ts";
import { NotArranged, type World } from "./world.ts";

export type Captchas = Pick<World, "captchaPass" | "solvedCaptcha">;

/** `claims` says whether the target has an operation. */
export function captchasOf(base: Base, claims: (operation: string) => boolean): Captchas {
  const { target, secrets } = base;

  async function solvedCaptcha(sender: string): Promise<string> {
    const absent = ["getCaptcha", "verifyCaptcha"].find((operation) => !claims(operation));
    if (absent !== undefined)
      throw new NotOffered(`the target does not offer captcha tokens: it has no ${absent}; offer "captcha-tokens"`);
    const pass = await solve(base, sender);
    secrets.add("captcha_token", pass);
    return pass;
  }

  return {
    async captchaPass(sender, options = {}) {
      if (target.captchaToken === undefined) return solvedCaptcha(sender);
      const pass = await target.captchaToken({ sender, ...options });
      secrets.add("captcha_token", pass);
      return pass;
    },
    solvedCaptcha,
  };
}

/** Gets a captcha, asks the target where its piece belongs, and answers it through the API. */
async function solve({ target, send, draft }: Base, sender: string): Promise<string> {
  const captcha = await send(preparing(draft("getCaptcha")));
  const token = (captcha.json as { token?: unknown } | undefined)?.token;
  if (typeof token !== "string") throw new NotArranged(`getCaptcha returned ${captcha.status} without a token`);
  const { x, y } = await offered(target, "solveCaptcha")(token);
  const body = { point_json: JSON.stringify({ x, y }), token, sender };
  const verified = await send(preparing(draft("verifyCaptcha", { body })));
  const pass = (verified.json as { captcha_token?: unknown } | undefined)?.captcha_token;
  if (typeof pass === "string") return pass;
  throw new NotArranged(`verifyCaptcha returned ${verified.status} without a captcha_token`);
}
