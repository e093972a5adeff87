/** POST captcha/verify: how exactly the piece must be placed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { MOBILE, type Reply, refusal, stillMock } from "../../../support/mock/api.ts";
import { openCaptcha, verify } from "../../../support/mock/captcha.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const FAILED = refusal("CAPTCHA.0002", "Graphic verification code verification failed");
const RUNS = { numRuns: 60 };

/** Opens a captcha and solves it with the text for its right place. */
async function solve(mock: Mock, written: (x: number) => string): Promise<Reply> {
  const { token, x } = await openCaptcha(mock);
  return verify(mock, { point_json: written(x), token, sender: MOBILE });
}

const shifted = (dx: number) => (x: number) => `{"x":${x + dx},"y":5.0}`;

test.each([-5, -1, 0, 1, 5])("a piece %i pixels off is accepted", async (dx) => {
  expect(await solve(stillMock(), shifted(dx))).toMatchObject({ status: 200 });
});

test.each([-6, 6, -5.001, 5.001, -100, 100])("a piece %d pixels off is refused", async (dx) => {
  expect(await solve(stillMock(), shifted(dx))).toEqual(FAILED);
});

test("any captcha accepts a piece that is at most five pixels off", async () => {
  const mock = stillMock();
  const near = fc.double({ min: -12, max: 12, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.oneof(near, fc.integer({ min: -300, max: 300 })), async (offset) => {
      const { token, x } = await openCaptcha(mock);
      const placed = x + offset;
      const reply = await verify(mock, { point_json: `{"x":${placed},"y":5}`, token, sender: MOBILE });
      if (Math.abs(placed - x) <= 5) expect(reply.status).toBe(200);
      else expect(reply).toEqual(FAILED);
    }),
    RUNS,
  );
});

test("policy captcha_tolerance_px sets the allowed distance", async () => {
  const mock = stillMock();
  await mock.policy.patch({ captcha_tolerance_px: 0 });
  expect(await solve(mock, shifted(0))).toMatchObject({ status: 200 });
  expect(await solve(mock, shifted(1))).toEqual(FAILED);
  await mock.policy.patch({ captcha_tolerance_px: 12.5 });
  expect(await solve(mock, shifted(12.5))).toMatchObject({ status: 200 });
  expect(await solve(mock, shifted(-12.5))).toMatchObject({ status: 200 });
  expect(await solve(mock, shifted(13))).toEqual(FAILED);
});

test.each(["5", "5.0", "5.00", "50e-1"])("y may be written %s", async (y) => {
  expect(await solve(stillMock(), (x) => `{"x":${x},"y":${y}}`)).toMatchObject({ status: 200 });
});

test.each(["4", "6", "4.999", "5.001", "0", "-5", '"5"', "null", "[5]"])("y is refused when it is %s", async (y) => {
  expect(await solve(stillMock(), (x) => `{"x":${x},"y":${y}}`)).toEqual(FAILED);
});

test("policy captcha_tolerance_px does not apply to y", async () => {
  const mock = stillMock();
  await mock.policy.patch({ captcha_tolerance_px: 310 });
  expect(await solve(mock, (x) => `{"x":${x},"y":6}`)).toEqual(FAILED);
});

test.each<[string, (x: number) => string]>([
  ["no JSON", (x) => `x=${x},y=5`],
  ["JSON that breaks off", (x) => `{"x":${x},"y":5`],
  ["JSON with something after it", (x) => `{"x":${x},"y":5}}`],
  ["JSON with single quotes", (x) => `{'x':${x},'y':5}`],
  ["JSON null", () => "null"],
  ["a JSON boolean", () => "true"],
  ["a JSON number", (x) => `${x}`],
  ["a JSON text", (x) => JSON.stringify(`{"x":${x},"y":5}`)],
  ["a JSON array", (x) => `[${x},5]`],
  ["a JSON array with the point in it", (x) => `[{"x":${x},"y":5}]`],
  ["an empty object", () => "{}"],
  ["an object without x", () => '{"y":5}'],
  ["an object without y", (x) => `{"x":${x}}`],
  ["an object with x in capitals", (x) => `{"X":${x},"Y":5}`],
  ["an object with x as a text", (x) => `{"x":"${x}","y":5}`],
  ["an object with x as null", () => '{"x":null,"y":5}'],
  ["an object with x in an array", (x) => `{"x":[${x}],"y":5}`],
  ["an object with x too large for a number", () => '{"x":1e999,"y":5}'],
])("a point_json that is %s is a wrong place", async (_what, written) => {
  const mock = stillMock();
  const { token, x } = await openCaptcha(mock);
  expect(await verify(mock, { point_json: written(x), token, sender: MOBILE })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-place-wrong");
  const right = JSON.stringify({ x, y: 5 });
  expect(await verify(mock, { point_json: right, token, sender: MOBILE })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("captcha-challenge-used");
});

test("a point_json of any text gets a documented response and never an internal error", async () => {
  const mock = stillMock();
  const text = fc.oneof(fc.string({ minLength: 1, unit: "binary" }), fc.json());
  await fc.assert(
    fc.asyncProperty(text, async (written) => {
      expect(await solve(mock, () => written)).toEqual(FAILED);
    }),
    RUNS,
  );
});
