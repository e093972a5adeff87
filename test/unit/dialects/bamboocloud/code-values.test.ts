/** The values of codes: repeatable, unrelated, of the configured length, or pinned. */
import { expect, test } from "vitest";
import { MOBILE, stillMock } from "../../../support/mock/api.ts";
import { CONSUMERS, consumer, WRONG_CODE } from "../../../support/mock/codes.ts";
import { EMAIL, SMS, sendCode } from "../../../support/mock/sending.ts";

const GOOD = { status: 200 };

/** The codes of a mock with this seed, over channels, scenes, receivers and time. */
async function codesOf(seed?: string) {
  const mock = stillMock(seed === undefined ? {} : { seed });
  for (let round = 0; round < 3; round++) {
    for (const on of [SMS, EMAIL]) {
      await sendCode(mock, on);
      await sendCode(mock, on, { scene: on.otherScene });
      await sendCode(mock, on, { receiver: on.otherReceiver });
    }
    await mock.clock.advance({ minutes: 1 });
  }
  const codes = (await mock.messages.list()).map(({ code }) => code);
  expect(codes).toHaveLength(18);
  return codes;
}

test("the same seed gives the same codes", async () => {
  expect(await codesOf("one")).toEqual(await codesOf("one"));
  expect(await codesOf()).toEqual(await codesOf());
});

test("another seed gives other codes", async () => {
  const [one, two] = [await codesOf("one"), await codesOf("two")];
  expect(one.filter((code) => two.includes(code))).toEqual([]);
});

test("codes differ when any of their inputs differs", async () => {
  const codes = await codesOf("one");
  expect(new Set(codes).size).toBe(codes.length);
});

test("two sandboxes of one mock give one receiver different codes", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const options = { to: MOBILE, scene: "LOGIN_SMS" };
  expect(await other.codes.plant(options)).not.toBe(await mock.codes.plant(options));
});

test("messages to other receivers do not change a receiver's codes", async () => {
  const [quiet, busy] = [stillMock(), stillMock()];
  for (let i = 0; i < 5; i++) await sendCode(busy, SMS, { receiver: `1390000000${i}` });
  for (const mock of [quiet, busy]) await sendCode(mock, SMS);
  const [one, two] = [await quiet.messages.list({ to: MOBILE }), await busy.messages.list({ to: MOBILE })];
  expect(two.map(({ code }) => code)).toEqual(one.map(({ code }) => code));
});

test("after a reset the mock gives the same codes again", async () => {
  const mock = stillMock();
  const options = { to: MOBILE, scene: "LOGIN_SMS" };
  const first = [await mock.codes.plant(options), await mock.codes.plant(options)];
  await mock.reset();
  expect([await mock.codes.plant(options), await mock.codes.plant(options)]).toEqual(first);
});

test("the codes of many receivers use every digit in every position", async () => {
  const mock = stillMock();
  const seen = Array.from({ length: 6 }, () => new Set<string>());
  for (let i = 0; i < 200; i++) {
    const code = await mock.codes.plant({ to: `13900000${100 + i}`, scene: "LOGIN_SMS" });
    for (const [place, digits] of seen.entries()) digits.add(code[place] ?? "");
  }
  for (const digits of seen) expect([...digits].toSorted().join("")).toBe("0123456789");
});

test.each(CONSUMERS)("%s: with policy pinned_code every code has that value", async (which) => {
  const { mock, send, use } = await consumer(which, { pinned_code: "424242" });
  expect(await send()).toBe("424242");
  expect(await use("424242")).toMatchObject(GOOD);
  expect(await use("424242")).toEqual(WRONG_CODE);
  expect(await mock.codes.plant({ to: "13800000002", scene: "LOGIN_SMS" })).toBe("424242");
});

test("a pinned code works only after it was sent", async () => {
  const { use } = await consumer("login", { pinned_code: "424242" });
  expect(await use("424242")).toEqual(WRONG_CODE);
});

test("a pinned code works again each time it is sent again", async () => {
  const { mock, send, use } = await consumer("login", { pinned_code: "424242" });
  for (let round = 0; round < 3; round++) {
    await send();
    expect(await use("424242")).toMatchObject(GOOD);
    expect(await use("424242")).toEqual(WRONG_CODE);
    await mock.clock.advance({ minutes: 1 });
  }
});

test("a pinned code may contain other characters than digits, and overrides code_length", async () => {
  const { send, use } = await consumer("login", { pinned_code: "let-me-in", code_length: 4 });
  expect(await send()).toBe("let-me-in");
  expect(await use("let-me-in")).toMatchObject(GOOD);
});

test("policy pinned_code null switches back to generated codes", async () => {
  const { mock, send, use } = await consumer("login", { pinned_code: "424242" });
  await mock.policy.patch({ pinned_code: null });
  const code = await send();
  expect(code).toMatch(/^\d{6}$/);
  expect(code).not.toBe("424242");
  expect(await use(code)).toMatchObject(GOOD);
});

test.each([4, 6, 10])(
  "policy code_length %i sets the number of digits, leading zeros included",
  async (code_length) => {
    const mock = stillMock();
    await mock.policy.patch({ code_length });
    for (let i = 0; i < 40; i++) {
      const code = await mock.codes.plant({ to: `139000000${10 + i}`, scene: "LOGIN_SMS" });
      expect(code).toMatch(/^\d+$/);
      expect(code).toHaveLength(code_length);
    }
  },
);

test("a code of the configured length works", async () => {
  const { send, use } = await consumer("login", { code_length: 10 });
  const code = await send();
  expect(code).toHaveLength(10);
  expect(await use(code)).toMatchObject(GOOD);
});
