/** GET captcha. */
import { expect, test } from "vitest";
import { api, refusal, stillMock } from "../../../support/mock/api.ts";
import { openCaptcha } from "../../../support/mock/captcha.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

test("the response has exactly the fields of the documented sample, in the same order", async () => {
  const { status, body } = await api(stillMock())("captcha");
  expect(status).toBe(200);
  expect(Object.keys(body as object)).toEqual([
    "captchaId",
    "projectCode",
    "captchaOriginalPath",
    "captchaFontType",
    "captchaFontSize",
    "secretKey",
    "originalImageBase64",
    "point",
    "jigsawImageBase64",
    "wordList",
    "pointList",
    "pointJson",
    "token",
    "result",
    "captchaVerification",
  ]);
});

test("fields that are null in the documented sample are null, and result is false", async () => {
  const { body } = await api(stillMock())("captcha");
  expect(body).toEqual({
    captchaId: null,
    projectCode: null,
    captchaOriginalPath: null,
    captchaFontType: null,
    captchaFontSize: null,
    secretKey: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
    originalImageBase64: expect.stringMatching(/^iVBORw0KGgo/),
    point: null,
    jigsawImageBase64: expect.stringMatching(/^iVBORw0KGgo/),
    wordList: null,
    pointList: null,
    pointJson: null,
    token: expect.stringMatching(/^[0-9a-f]{32}$/),
    result: false,
    captchaVerification: null,
  });
});

test("the response is JSON", async () => {
  const mock = stillMock();
  const headers = {
    "x-operating-sys-version": "windows10.1.1",
    "x-device-fingerprint": "156aysdna213sc50",
    "x-device-ip": "192.168.1.2",
    "x-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)",
    "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
  };
  const response = await mock.fetch("http://ciam.test/api/v2/sdk/captcha", { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/);
});

test("no two captchas of a mock share a token, a secret or a picture", async () => {
  const send = api(stillMock());
  const captchas = [await send("captcha"), await send("captcha"), await send("captcha")];
  for (const field of ["token", "secretKey", "originalImageBase64", "jigsawImageBase64"]) {
    expect(new Set(captchas.map(({ body }) => (body as Record<string, unknown>)[field])).size, field).toBe(3);
  }
});

test("the same seed gives the same captcha, another seed gives another", async () => {
  const captchaOf = async (seed: string) => (await api(stillMock({ seed }))("captcha")).body;
  const [one, again, other] = [await captchaOf("one"), await captchaOf("one"), await captchaOf("two")];
  expect(again).toEqual(one);
  expect(other).not.toMatchObject({ token: (one as { token: string }).token });
});

test("every piece has to move, and ends inside the 310 pixel picture", async () => {
  const mock = stillMock();
  const places = new Set<number>();
  for (let i = 0; i < 40; i++) places.add((await openCaptcha(mock)).x);
  expect(places.size).toBeGreaterThan(20);
  for (const x of places) {
    expect(Number.isInteger(x)).toBe(true);
    expect(x).toBeGreaterThan(47);
    expect(x + 47).toBeLessThan(310);
  }
});

test.each([
  ["x-operating-sys-version", "absent", ""],
  ["x-operating-sys-version", "blank", "  "],
  ["x-device-fingerprint", "absent", ""],
  ["x-device-fingerprint", "blank", "  "],
  ["x-agent", "absent", ""],
  ["x-agent", "blank", "  "],
])("the request is refused when %s is %s", async (name, _what, value) => {
  const mock = stillMock();
  const send = api(mock);
  const incomplete = refusal("PARAM.0001", "Device information is incomplete");
  expect(await send("captcha", undefined, { [name]: value })).toEqual(incomplete);
  expect(await send("captcha", undefined, { [name]: value, "x-l": "zh" })).toEqual(
    refusal("PARAM.0001", "设备信息不完整"),
  );
  expect(await lastDecision(mock)).toBe("device-incomplete");
});

test.each([
  ["absent", ""],
  ["blank", "  "],
])("the request is refused when x-client-id is %s", async (_what, value) => {
  const mock = stillMock();
  const send = api(mock);
  const headers = { "x-client-id": value };
  expect(await send("captcha", undefined, headers)).toEqual(refusal("PARAM.0002", "clientId cannot be empty"));
  expect(await send("captcha", undefined, { ...headers, "x-l": "zh" })).toEqual(
    refusal("PARAM.0002", "clientId不能为空"),
  );
  expect(await lastDecision(mock)).toBe("client-missing");
});

test("the request is refused when x-client-id names no application", async () => {
  const mock = stillMock();
  const send = api(mock);
  const headers = { "x-client-id": "nobody" };
  expect(await send("captcha", undefined, headers)).toEqual(
    refusal("PARAM.0003", "The app is not registered, please register the app first"),
  );
  expect(await send("captcha", undefined, { ...headers, "x-l": "zh" })).toEqual(
    refusal("PARAM.0003", "应用未注册,请先注册应用"),
  );
  expect(await lastDecision(mock)).toBe("client-unknown");
});

test("missing device information is reported before a missing client id", async () => {
  expect(await api(stillMock())("captcha", undefined, { "x-agent": "", "x-client-id": "" })).toEqual(
    refusal("PARAM.0001", "Device information is incomplete"),
  );
});
