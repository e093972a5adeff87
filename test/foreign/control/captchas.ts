/** Captchas and their pass tokens. */
import { randomUUID } from "node:crypto";
import { problem } from "../http-values.ts";
import { issuePass, openChallenge } from "../state.ts";
import {
  type Asked,
  type ControlCall,
  created,
  fieldsIn,
  isExpiresIn,
  notOffered,
  ok,
  textOfLength,
} from "./handler.ts";

export const captchaCalls: readonly ControlCall[] = [
  { route: /^GET \/captcha\/([^/]+)$/, capability: "captcha-answer", respond: solveCaptcha },
  { route: /^POST \/captcha-tokens$/, capability: "captcha-tokens", respond: issueCaptchaToken },
];

function solveCaptcha({ world, id }: Asked) {
  const challenge = openChallenge(world, id);
  return challenge === undefined ? problem(404, "No such open captcha") : ok({ y: 5, x: challenge.x });
}

function issueCaptchaToken(asked: Asked) {
  const input = fieldsIn(asked.call, { sender: textOfLength(254), expires_in: isExpiresIn });
  if (typeof input === "string") return problem(400, "Malformed order of a pass token", input);
  const { sender, expires_in: seconds } = input as { readonly sender?: string; readonly expires_in?: number };
  if (sender === undefined) return problem(400, "Malformed order of a pass token", "sender is missing");
  const missing = seconds !== undefined && seconds <= 0 ? notOffered(asked, "expired captcha-tokens") : undefined;
  if (missing !== undefined) return missing;
  const token = randomUUID().replaceAll("-", "");
  const order = { token, pointJson: '{"x":120.0,"y":5.0}', sender };
  return created({ captcha_token: issuePass(asked.world, seconds === undefined ? order : { ...order, seconds }) });
}
