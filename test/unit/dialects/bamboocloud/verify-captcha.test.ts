/** POST captcha/verify: the pass token, and the state after each refusal. */
import { expect, test } from "vitest";
import { type Headers, MOBILE, refusal, stillMock } from "../../../support/mock/api.ts";
import { openCaptcha, verify } from "../../../support/mock/captcha.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { SMS, sendCode } from "../../../support/mock/sending.ts";

const FAILED = refusal("CAPTCHA.0002", "Graphic verification code verification failed");
const FAILED_ZH = refusal("CAPTCHA.0002", "图形验证码校验失败");
const UNKNOWN_TOKEN = "71dd26999e314f9abb0c635336976635";

/** An open captcha, and its right solution. */
async function prepared() {
  const mock = stillMock();
  const { token, x } = await openCaptcha(mock);
  const right = { point_json: `{"x":${x}.0,"y":5.0}`, token, sender: MOBILE };
  const solve = (change: Record<string, unknown> = {}, headers?: Headers) =>
    verify(mock, { ...right, ...change }, headers);
  const passed = { status: 200, body: { captcha_token: `${token}---${right.point_json}` } };
  return { mock, token, x, solve, passed };
}

const misplaced = (x: number) => ({ point_json: JSON.stringify({ x: x + 40, y: 5 }) });

test("the right place returns a pass token and nothing else", async () => {
  const { mock, solve, passed } = await prepared();
  expect(await solve()).toEqual(passed);
  expect(await lastDecision(mock)).toBe("passed");
});

test.each([MOBILE, "+8615201657312", "zhangsan@qq.com", "15200000000@163.com"])(
  "%s may be the sender",
  async (sender) => {
    const { solve, passed } = await prepared();
    expect(await solve({ sender })).toEqual(passed);
  },
);

test.each([
  ["as the documents write it", (x: number) => `{"x":${x}.0,"y":5.0}`],
  ["with blanks after the commas", (x: number) => `{"x":${x}.0, "y":5.0}`],
  ["with y first", (x: number) => `{"y":5.0,"x":${x}.0}`],
  ["over several lines", (x: number) => `{\n\t"x": ${x},\n\t"y": 5\n}`],
  ["with blanks around it", (x: number) => `  {"x":${x},"y":5}  `],
  ["with exponents", (x: number) => `{"x":${x}e0,"y":0.5e1}`],
  ["with escapes", (x: number) => `{"\\u0078":${x},"y":5}`],
  ["with another field", (x: number) => `{"x":${x},"y":5,"t":"拼图---1"}`],
])("the pass token contains point_json %s as it was written", async (_what, written) => {
  const { mock, token, x, solve } = await prepared();
  const point_json = written(x);
  const reply = await solve({ point_json });
  expect(reply).toEqual({ status: 200, body: { captcha_token: `${token}---${point_json}` } });
  const { captcha_token } = reply.body as { captcha_token: string };
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual({ status: 200, body: undefined });
});

test("a wrong place is refused in both languages", async () => {
  const { x, solve } = await prepared();
  expect(await solve(misplaced(x))).toEqual(FAILED);
  const another = await prepared();
  expect(await another.solve(misplaced(another.x), { "x-l": "zh" })).toEqual(FAILED_ZH);
  expect(await lastDecision(another.mock)).toBe("captcha-place-wrong");
});

test("a captcha cannot be used again after a right solution", async () => {
  const { mock, token, solve } = await prepared();
  await solve();
  expect(await solve()).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-used");
  await expect(mock.captcha.solve(token)).rejects.toThrow("the captcha token is unknown, used or expired");
});

test("a captcha cannot be used again after a wrong solution", async () => {
  const { mock, token, x, solve } = await prepared();
  await solve(misplaced(x));
  expect(await solve()).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-used");
  expect(await solve({}, { "x-l": "zh" })).toEqual(FAILED_ZH);
  await expect(mock.captcha.solve(token)).rejects.toThrow("the captcha token is unknown, used or expired");
});

test("of two concurrent right solutions, one passes", async () => {
  const { solve, passed } = await prepared();
  const replies = await Promise.all([solve(), solve()]);
  expect(replies).toContainEqual(passed);
  expect(replies).toContainEqual(FAILED);
});

test("solving one captcha leaves another one open", async () => {
  const { mock, x, solve } = await prepared();
  const other = await openCaptcha(mock);
  await solve(misplaced(x));
  const point_json = JSON.stringify({ x: other.x, y: 5 });
  expect(await verify(mock, { point_json, token: other.token, sender: MOBILE })).toMatchObject({ status: 200 });
});

test("an unknown token is refused and leaves every captcha open", async () => {
  const { mock, solve, passed } = await prepared();
  expect(await solve({ token: UNKNOWN_TOKEN })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-unknown");
  expect(await solve({ token: UNKNOWN_TOKEN }, { "x-l": "zh" })).toEqual(FAILED_ZH);
  expect(await solve()).toEqual(passed);
});

test.each(["constructor", "__proto__", "toString"])("%s is not a captcha token", async (token) => {
  const { mock, solve } = await prepared();
  expect(await solve({ token })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-unknown");
});

const BAD = [
  ["absent", undefined],
  ["empty", ""],
  ["blank", " \t"],
  ["null", null],
  ["a number", 237],
  ["a boolean", true],
  ["an object", { x: 237, y: 5 }],
  ["a list", ["237"]],
] as const;

test.each(
  ["point_json", "token", "sender"].flatMap((name) => BAD.map(([what, value]) => [name, what, value] as const)),
)("a %s that is %s is reported as missing and leaves the captcha open", async (name, _what, value) => {
  const { mock, solve, passed } = await prepared();
  expect(await solve({ [name]: value })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-parameter-missing");
  expect(await solve({ [name]: value }, { "x-l": "zh" })).toEqual(FAILED_ZH);
  expect(await solve()).toEqual(passed);
});

test("a captcha is open until one millisecond before 120 seconds", async () => {
  const { mock, solve, passed } = await prepared();
  await mock.clock.advance({ seconds: 119.999 });
  expect(await solve()).toEqual(passed);
});

test("a captcha expires exactly 120 seconds after it was issued", async () => {
  const { mock, token, solve } = await prepared();
  await mock.clock.advance({ seconds: 120 });
  expect(await solve()).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-expired");
  expect(await solve({}, { "x-l": "zh" })).toEqual(FAILED_ZH);
  await expect(mock.captcha.solve(token)).rejects.toThrow("the captcha token is unknown, used or expired");
});

test("of two mistakes with a captcha the earlier check decides", async () => {
  const { mock, x, solve } = await prepared();
  await solve({ token: UNKNOWN_TOKEN, sender: "" });
  expect(await lastDecision(mock)).toBe("captcha-parameter-missing");
  await solve({ token: UNKNOWN_TOKEN, ...misplaced(x) });
  expect(await lastDecision(mock)).toBe("captcha-challenge-unknown");
  await mock.clock.advance({ seconds: 120 });
  await solve(misplaced(x));
  expect(await lastDecision(mock)).toBe("captcha-challenge-expired");
  const another = await prepared();
  await another.solve();
  await another.mock.clock.advance({ seconds: 120 });
  await another.solve();
  expect(await lastDecision(another.mock)).toBe("captcha-challenge-used");
});

test("policy captcha_challenge_ttl_seconds sets how long a captcha is open", async () => {
  const mock = stillMock();
  await mock.policy.patch({ captcha_challenge_ttl_seconds: 7 });
  const early = await openCaptcha(mock);
  const late = await openCaptcha(mock);
  const solve = ({ token, x }: typeof early) =>
    verify(mock, { point_json: JSON.stringify({ x, y: 5 }), token, sender: MOBILE });
  await mock.clock.advance({ seconds: 6.999 });
  expect(await solve(early)).toMatchObject({ status: 200 });
  await mock.clock.advance({ seconds: 0.001 });
  expect(await solve(late)).toEqual(FAILED);
});

test.each([
  ["PARAM.0001", "Device information is incomplete", "设备信息不完整", { "x-device-fingerprint": "" }],
  ["PARAM.0002", "clientId cannot be empty", "clientId不能为空", { "x-client-id": "" }],
  [
    "PARAM.0003",
    "The app is not registered, please register the app first",
    "应用未注册,请先注册应用",
    { "x-client-id": "nobody" },
  ],
])("%s is reported before anything about the captcha, and leaves it open", async (code, en, zh, headers) => {
  const { solve, passed } = await prepared();
  expect(await solve({ token: "" }, headers)).toEqual(refusal(code, en));
  expect(await solve({}, headers)).toEqual(refusal(code, en));
  expect(await solve({}, { ...headers, "x-l": "zh" })).toEqual(refusal(code, zh));
  expect(await solve()).toEqual(passed);
});

test("a scheduled fault is refused like a wrong place and leaves the captcha open", async () => {
  const { mock, solve, passed } = await prepared();
  await mock.faults.add({ operation: "verifyCaptcha", error: "IDAAS.SDK.CAPTCHA.0002", times: 2 });
  expect(await solve()).toEqual(FAILED);
  expect(await solve({}, { "x-l": "zh" })).toEqual(FAILED_ZH);
  expect(await solve()).toEqual(passed);
});
