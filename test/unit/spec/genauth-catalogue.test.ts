/**
 * GenAuth's errors in openapi.yaml against the vendor's page of error codes. No page says which operation returns which error,
 * so nearly all of it is inferred, and must say so.
 */
import { expect, test } from "vitest";
import { genauthWordings, operations } from "./documents.ts";

/** statusCodes of the page error-code that are not a success, copied by hand. */
const STATUS_CODES = [...[400, 401, 402, 403, 404, 409, 413, 422, 429, 499], ...[500, 501, 502, 503, 601, 602, 603]];

/** apiCodes of the V3 page with their texts, as far as these operations can use them. */
const V3 = { 2004: "用户未找到", 2011: "应用不存在", 2020: "尚未登录，无权限访问此请求" };

/** apiCodes of the older V2 page, likewise; no page says that V3 has them too. We shortened two texts. */
const V2 = {
  2001: "验证码验证失败（验证码错误）",
  2035: "手机号已绑定",
  2038: "填写的旧手机与实际手机不匹配",
  2206: "登录信息已过期, 需重新登录",
  2230: "新手机号和旧手机号一样",
  2300: "验证码过期",
};
const SAID_OTHERWISE = { 2001: "验证码不正确", 2300: "验证码已过期" };

/** The one refusal for which a page documents exactly this use. */
const DOCUMENTED = ["access-token-missing", "access-token-invalid", "access-token-expired"];

const OLD_CODE = ["old-code-wrong", "old-code-expired"];

test.each(genauthWordings)("the wording of $name has both texts, a source and a reason", (wording) => {
  expect(wording.message.en).toMatch(/^[ -~]+$/);
  expect(wording.message.zh).toMatch(/\p{Script=Han}/u);
  expect(wording.source).toMatch(/^(documented|inferred)$/);
  expect(wording.reason).toMatch(/\S/);
});

test.each(genauthWordings)(
  "$name is a statusCode of the page, and an apiCode of the V3 page or the older one",
  (wording) => {
    expect(STATUS_CODES).toContain(wording.statusCode);
    if (wording.apiCode !== undefined) expect(Object.keys({ ...V2, ...V3 })).toContain(String(wording.apiCode));
  },
);

test("only the code 401/2020 for a missing login is documented", () => {
  const documented = genauthWordings.filter(({ source }) => source === "documented");
  expect(documented.map(({ name, code }) => `${name} ${code}`)).toEqual(DOCUMENTED.map((name) => `${name} 401/2020`));
});

test.each(genauthWordings)("no page prints a text of $name as a response message", (wording) => {
  expect([wording.source_en, wording.source_zh]).toEqual(["inferred", "inferred"]);
});

const withApiCode = genauthWordings.filter(({ apiCode, name }) => apiCode !== undefined && !OLD_CODE.includes(name));

test.each(withApiCode)("the Chinese text of $name follows its page's description of $code", ({ apiCode, message }) => {
  const described: Readonly<Record<number, string>> = { ...V2, ...V3, ...SAID_OTHERWISE };
  expect(message.zh).toBe(described[apiCode ?? 0]);
});

const inferredCodes = genauthWordings.filter(({ apiCode }) => apiCode !== undefined && String(apiCode) in V2);

test.each(inferredCodes)("$name says that its apiCode is of the older table", ({ reason }) => {
  expect(reason).toContain("The older V2 table has it, but does not say that it applies to V3");
});

test("throttling is 429 with the text of the page's sample, without an apiCode", () => {
  const throttled = genauthWordings.filter(({ statusCode }) => statusCode === 429);
  expect(throttled.map(({ name }) => name)).toEqual(["send-too-soon", "send-quota-used"]);
  for (const { code, message } of throttled) {
    expect([code, message.zh]).toEqual(["429", "您的请求已超过最大数量限制，请稍后重试"]);
  }
});

/** `422`, `422/2001`, or `422/*` for any apiCode or none. */
const ALTERNATIVE = /^(\d{3})(?:\/(\d{4}|\*))?$/;

test.each(genauthWordings)("the alternatives of $name are success, or other codes of the pages", ({ also, code }) => {
  expect(also ?? []).toEqual([...new Set(also)]);
  for (const alternative of (also ?? []).filter((one) => one !== "success")) {
    const [, statusCode, apiCode = "*"] = ALTERNATIVE.exec(alternative) ?? [];
    expect(STATUS_CODES, alternative).toContain(Number(statusCode));
    if (apiCode !== "*") expect(Object.keys({ ...V2, ...V3 }), alternative).toContain(apiCode);
    expect(alternative).not.toBe(code);
  }
});

test.each(genauthWordings)("$name also allows any apiCode if it has none, and no apiCode if it has one", (wording) => {
  const { statusCode, apiCode, also = [] } = wording;
  expect(also).toContain(apiCode === undefined ? `${statusCode}/*` : String(statusCode));
});

test("the own alternatives of a GenAuth operation only say that a refusal is not required", () => {
  const own = operations.filter((entry) => entry["x-ciam-dialect"] === "genauth");
  const alternatives = own.flatMap((entry) => Object.values(entry["x-ciam-also"] ?? {}).flat());
  expect(new Set(alternatives)).toEqual(new Set(["success"]));
});
