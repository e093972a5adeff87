/** Secrets and the journal: no secret of any request is in GET /__testkit/requests. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { api, MOBILE, sendSms, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { openCaptcha, verify } from "../../support/mock/captcha.ts";

const PATHS = [
  "sms/send",
  "email/send",
  "captcha/verify",
  "login/mobile-verify-code",
  "profile/update-mobile",
  "profile/update-email",
  "pwd/update-by-mobile",
  "not/emulated",
];

async function journal(mock: Mock): Promise<string> {
  const headers = { "x-client-id": mock.clientId };
  return (await mock.fetch("http://ciam.test/__testkit/requests", { headers })).text();
}

/** Long enough not to occur by chance, and unchanged by JSON. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);

const secretFields = fc.record({
  verify_code: secret,
  password: secret,
  captcha_token: secret,
  id_token: secret,
  session_token: secret,
});

const secretHeaders = fc.record({
  authorization: secret.map((token) => `Bearer ${token}`),
  "session-token": secret,
  "x-state-token": secret,
  cookie: secret.map((token) => `session=${token}`),
});

type Fields = typeof secretFields extends fc.Arbitrary<infer Value> ? Value : never;
type Written = (fields: Fields) => string;

/** Sends bodies made of secrets, with secret headers; no secret may be in the journal. */
async function expectMasked(written: fc.Arbitrary<Written>): Promise<void> {
  const mock = stillMock();
  const property = fc.asyncProperty(
    fc.constantFrom(...PATHS),
    secretFields,
    secretHeaders,
    written,
    async (path, fields, headers, write) => {
      await api(mock)(path, write(fields), headers);
      const found = await journal(mock);
      const secrets = [...Object.values(fields), ...Object.values(headers)].map((text) => text.replace(/^.*[ =]/, ""));
      expect(secrets.filter((text) => found.includes(text))).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 200 });
}

test("no secret of a well-formed body or of a header is in the journal", async () => {
  await expectMasked(fc.constant((fields) => JSON.stringify({ mobile: MOBILE, ...fields })));
});

test("no secret is in the journal when other fields, lists or objects contain it", async () => {
  const hidden: Written[] = [
    (fields) => JSON.stringify({ data: fields }),
    (fields) => JSON.stringify({ data: [[fields], { more: fields }] }),
    ({ password, verify_code }) => JSON.stringify({ password: [password], verify_code: { text: verify_code } }),
    ({ password }) => JSON.stringify({ password: { [password]: password } }),
    ({ password }) => `{"password":"${password}","password":"${password}"}`,
    ({ password }) => `{"pass\\u0077ord":"${password}"}`,
  ];
  await expectMasked(fc.constantFrom(...hidden));
});

test("no secret of a malformed body is in the journal", async () => {
  const cut = fc.double({ min: 0, max: 0.99, noNaN: true }).map(
    (share): Written =>
      (fields) => {
        const whole = JSON.stringify(fields);
        return whole.slice(0, Math.floor(whole.length * share));
      },
  );
  const broken: Written[] = [
    (fields) => `${JSON.stringify(fields)},`,
    (fields) => `{'password':'${fields.password}'}`,
    (fields) => `password=${fields.password}&verify_code=${fields.verify_code}`,
    ({ password }) => password,
    (fields) => `\uFEFF${JSON.stringify(fields)}`,
    (fields) => `\uFEFF\uFEFF${JSON.stringify(fields)}`,
    (fields) => JSON.stringify({ ...fields, padding: "x".repeat(5_000) }),
    (fields) => JSON.stringify({ ...fields, padding: "x".repeat(70_000) }),
  ];
  await expectMasked(fc.oneof(cut, fc.constantFrom(...broken)));
});

test("no secret is in the journal when the body is JSON but not an object", async () => {
  const noObjects: Written[] = [
    (fields) => JSON.stringify(JSON.stringify(fields)),
    ({ password }) => JSON.stringify(password),
    ({ password, verify_code }) => JSON.stringify([password, verify_code]),
    (fields) => JSON.stringify([fields]),
  ];
  await expectMasked(fc.constantFrom(...noObjects));
});

test("no secret of a response is in the journal", async () => {
  const mock = stillMock();
  const { account } = await signedInAccount(mock);
  const { token, x } = await openCaptcha(mock);
  const sender = "13800000001";
  const pass = await verify(mock, { token, point_json: JSON.stringify({ x, y: 5 }), sender });
  const { captcha_token } = pass.body as { captcha_token: string };
  await api(mock)("sms/send", { mobile: sender, type: "LOGIN_SMS", captcha_token });
  const { code: verify_code } = await mock.messages.wait();
  const login = await api(mock)("login/mobile-verify-code", { mobile: sender, verify_code });
  const { id_token, session_token } = login.body as { id_token: string; session_token: string };
  const { accessToken } = await mock.accounts.issueTokens(account.id);
  await api(mock)("profile/update-mobile", {}, { authorization: `bearer ${accessToken}` });
  await api(mock)("profile/update-mobile", {}, { authorization: id_token });

  const found = await journal(mock);
  expect(JSON.parse(found).requests).toHaveLength(6);
  for (const text of [captcha_token, verify_code, id_token, session_token, accessToken]) {
    expect(text.length).toBeGreaterThanOrEqual(6);
    expect(found).not.toContain(JSON.stringify(text).slice(1, -1));
  }
});

test("no password is in the journal, whether it was accepted or refused", async () => {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock, { username: "wanderer", password: "Current-Horse-1" });
  const refused = [
    "Current-Horse-1",
    "Reredna-rednereW-1",
    "rerednaw-Horse-1",
    "wanderer-Horse-1",
    "simplesimple",
    "Sho-1",
  ];
  for (const password of [...refused, "Aaaaaaaa-1-Horse", "Brand-New-Horse-2"]) {
    const verify_code = await mock.codes.plant({ to: "13800000001", scene: "UPDATE_PWD_SMS" });
    await api(mock)("pwd/update-by-mobile", { password, verify_code }, signedIn);
    expect(await journal(mock)).not.toContain(password);
  }
  expect((await mock.requests.list()).at(-1)).toMatchObject({ decidedBy: "passed" });
});

test("the check above finds values: those that are not secret are in the journal", async () => {
  const mock = stillMock();
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  expect(await journal(mock)).toContain(MOBILE);
});
