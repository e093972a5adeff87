/** How a case comes by a pass token or a code through the API, as a person would, with the target's help. */

import type { Target } from "../target/target.ts";
import { nationalPart } from "./receivers.ts";
import { type Draft, NotArranged, type SentCode, type World } from "./world.ts";

/** The manifest holds back cases that need what is not offered; this is for a need that a case forgot to name. */
export function offered<N extends keyof Target>(target: Target, name: N): NonNullable<Target[N]> {
  const method = target[name];
  if (typeof method !== "function") throw new Error(`The case uses ${name}, and does not say so in its needs`);
  // Somebody's target may be an object that knows itself as `this`.
  return (method as (...args: never[]) => unknown).bind(target) as NonNullable<Target[N]>;
}

/** Solves a captcha as a person would, with the target's help. */
export async function solvedCaptcha(world: World, sender: string): Promise<string> {
  const captcha = await world.send(world.draft("getCaptcha"));
  const token = (captcha.json as { token?: unknown } | undefined)?.token;
  if (typeof token !== "string") throw new NotArranged(`getCaptcha answered ${captcha.status} without a token`);
  const { x, y } = await offered(world.target, "solveCaptcha")(token);
  const body = { point_json: JSON.stringify({ x, y }), token, sender };
  const verified = await world.send(world.draft("verifyCaptcha", { body }));
  const pass = (verified.json as { captcha_token?: unknown } | undefined)?.captcha_token;
  if (typeof pass !== "string")
    throw new NotArranged(`verifyCaptcha answered ${verified.status} without a captcha_token`);
  return pass;
}

/** A code as a person gets it: sent, and read where it arrives. */
export async function sentCode(
  world: World,
  { to, scene }: { readonly to: string; readonly scene: string },
): Promise<SentCode> {
  const readCode = offered(world.target, "readCode");
  const earlier = await readCode({ to, scene, wait: 0 });
  const reply = await world.send(await orderOfCode(world, to, scene));
  if (!reply.succeeded) throw new NotArranged(`a code could not be sent: ${reply.status} ${reply.body}`);
  const read = await readCode({ to, scene, ...(earlier?.id === undefined ? {} : { after: earlier.id }) });
  if (read === undefined) throw new NotArranged("the code that was sent did not arrive");
  const { code, expiresIn } = read;
  return { to, scene, code, ...(expiresIn === undefined ? {} : { expiresIn }) };
}

/** The request that sends a code for the scene; which dialect a scene belongs to shows in its name. */
async function orderOfCode(world: World, to: string, scene: string): Promise<Draft> {
  if (scene.startsWith("CHANNEL_")) {
    return world.draft("genauthSendSms", { body: { channel: scene, phoneNumber: nationalPart(to) } });
  }
  const captcha_token = await world.captchaPass(to);
  if (scene.endsWith("_EMS")) return world.draft("sendEmail", { body: { email: to, type: scene, captcha_token } });
  return world.draft("sendSms", { body: { mobile: to, type: scene, captcha_token } });
}

export async function allowResending(world: World): Promise<void> {
  if (world.target.setPolicy !== undefined) await world.setPolicy({ code_resend_seconds: 0 });
  else await world.advance(world.figure("code_resend_seconds") + 1);
}
