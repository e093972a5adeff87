/** getCaptcha, verifyCaptcha: from the picture to the pass token. */
import { fieldsOf } from "../http-values.ts";
import { issuePass, newChallenge, openChallenge } from "../state.ts";
import { type Ask, type Check, device, needs, type Operation } from "./operation.ts";

/** One grey point: the solution comes from the control protocol, so the picture does not matter. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

export const getCaptcha: Operation = {
  id: "getCaptcha",
  method: "GET",
  fields: [],
  checks: [device],
  carryOut: ({ world, choices }) => ({
    token: newChallenge(world),
    originalImageBase64: PICTURE,
    jigsawImageBase64: PICTURE,
    result: false,
    secretKey: null,
    captchaId: null,
    projectCode: null,
    captchaOriginalPath: null,
    captchaFontType: null,
    captchaFontSize: null,
    point: null,
    wordList: null,
    pointList: null,
    pointJson: null,
    captchaVerification: null,
    ...(choices.captchaExtras ? { captchaType: "blockPuzzle", ts: null } : {}),
  }),
};

/** A wrong solution closes the captcha, if it has one try. The right one closes it when all checks are passed. */
const solved: Check = {
  kind: "code",
  judge(ask) {
    const [place, token] = [ask.text("point_json"), ask.text("token")];
    if (place === undefined || token === undefined || ask.text("sender") === undefined) return undefined;
    const challenge = openChallenge(ask.world, token);
    if (challenge === undefined) return "captcha-challenge-unknown";
    if (isClose(ask, place, challenge.x)) return undefined;
    if (ask.choices.challengeUse === "first-try") ask.world.challenges.delete(token);
    return "captcha-place-wrong";
  },
};

function isClose({ figures, choices }: Ask, place: string, wanted: number): boolean {
  const { x, y } = fieldsOf(place) ?? {};
  const isNear = typeof x === "number" && Math.abs(x - wanted) <= figures.captcha_tolerance_px;
  return isNear && (y === 5 || !choices.judgesY);
}

export const verifyCaptcha: Operation = {
  id: "verifyCaptcha",
  method: "POST",
  fields: ["point_json", "token", "sender"],
  checks: [
    device,
    needs("point_json", "place-missing"),
    needs("token", "challenge-missing"),
    needs("sender", "sender-missing"),
    solved,
  ],
  carryOut({ world, text, choices }) {
    const [pointJson = "", token = "", sender = ""] = [text("point_json"), text("token"), text("sender")];
    world.challenges.delete(token);
    const captcha_token = issuePass(world, { token, pointJson, sender });
    return { captcha_token, ...(choices.captchaExtras ? { expires_in: 240 } : {}) };
  },
};
