/** A thousand requests at once, of which exactly one may succeed. */
import { serve } from "../../mocks/adapters/node/server.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { DEVICE } from "../support/mock/api.ts";
import { openCaptcha } from "../support/mock/captcha.ts";
import { type Asked, client } from "./client.ts";
import type { Load, Row } from "./row.ts";

const RACES = 26;
const RIVALS = 1_000;

/** The request that all rivals send, and each rival's own change to it. */
interface Race {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodies: readonly object[];
}

type Preparation = (mock: Mock, turn: number) => Promise<Race>;

const same = (body: object): readonly object[] => Array.from({ length: RIVALS }, () => body);

async function signedIn(mock: Mock, turn: number) {
  const mobile = `138${10_000_000 + turn}`;
  const { id } = await mock.accounts.create({ mobile });
  const { idToken } = await mock.accounts.issueTokens(id);
  return { mobile, headers: { authorization: `Bearer ${idToken}` } };
}

const preparations: readonly Preparation[] = [
  async function changeOfNumber(mock, turn) {
    const { headers } = await signedIn(mock, turn);
    const mobile = `139${10_000_000 + turn}`;
    const code = await mock.codes.plant({ to: mobile, scene: "UPDATE_MOBILE_SMS" });
    return { path: "profile/update-mobile", headers, bodies: same({ mobile, verify_code: code }) };
  },
  async function changeOfAddress(mock, turn) {
    const { headers } = await signedIn(mock, turn);
    const email = `new-${turn}@example.com`;
    const code = await mock.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
    return { path: "profile/update-email", headers, bodies: same({ email, verify_code: code }) };
  },
  async function changeOfPassword(mock, turn) {
    const { mobile } = await signedIn(mock, turn);
    const code = await mock.codes.plant({ to: mobile, scene: "FORGET_PWD_SMS" });
    const passwords = Array.from({ length: RIVALS }, (_, rival) => `Horse-Staple-${turn}-${rival}`);
    return {
      path: "pwd/update-by-mobile",
      bodies: passwords.map((password) => ({ mobile, verify_code: code, password })),
    };
  },
  async function message(mock, turn) {
    const mobile = `137${10_000_000 + turn}`;
    const bodies: object[] = [];
    for (let rival = 0; rival < RIVALS; rival++) {
      bodies.push({ mobile, type: "REGISTER_SMS", captcha_token: await mock.captcha.issueToken({ sender: mobile }) });
    }
    return { path: "sms/send", bodies };
  },
  async function captcha(mock, turn) {
    const { token, x } = await openCaptcha(mock);
    return {
      path: "captcha/verify",
      bodies: same({ token, point_json: JSON.stringify({ x, y: 5 }), sender: `136${10_000_000 + turn}` }),
    };
  },
];

export async function races({ share }: Load): Promise<readonly Row[]> {
  const winners: number[] = [];
  const count = Math.max(preparations.length, Math.round(RACES * share));
  const mock = createMock();
  const server = await serve(mock, { port: 0 });
  const { send, close } = client(server.url, RIVALS);
  for (let turn = 0; turn < count; turn++) {
    const prepare = preparations[turn % preparations.length] as Preparation;
    const { path, headers = {}, bodies } = await prepare(mock, turn);
    const asked = bodies.map(
      (body): Asked => ({
        method: "POST",
        path: `/api/v2/sdk/${path}`,
        headers: { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    );
    const statuses = await Promise.all(asked.map(send));
    winners.push(statuses.filter((status) => status === 200).length);
  }
  close();
  await server.close();
  return [
    { part: "races", what: `races of ${RIVALS} requests`, value: count, fault: false },
    { part: "races", what: "winners of each", value: winners.join(" "), fault: winners.some((one) => one !== 1) },
  ];
}
