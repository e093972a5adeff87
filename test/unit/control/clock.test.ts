/** The sandbox's time over HTTP. The test has its own clock in place of real time. */
import { expect, test } from "vitest";
import { createMock, manualClock } from "../../../mocks/index.ts";
import { START } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";

function prepared() {
  const real = manualClock(Date.parse(START));
  const mock = createMock({ clock: real });
  const { done, refused } = controlHttp(mock);
  const read = (clientId = "") => done("readClock", { clientId });
  const set = (body: unknown, clientId = "") => done("setClock", { body, clientId });
  return { real, mock, read, set, refused };
}

test("a new sandbox runs on real time", async () => {
  const { real, read } = prepared();
  expect(await read()).toEqual({ now: START, offset_seconds: 0, frozen: false });
  real.advance(1_500);
  expect(await read()).toEqual({ now: "2026-01-01T00:00:01.500Z", offset_seconds: 0, frozen: false });
});

test("advances add up, and the clock keeps running", async () => {
  const { real, read, set } = prepared();
  expect(await set({ advance_seconds: 90 })).toMatchObject({ now: "2026-01-01T00:01:30.000Z", offset_seconds: 90 });
  expect(await set({ advance_seconds: 0.5 })).toMatchObject({ now: "2026-01-01T00:01:30.500Z", offset_seconds: 90.5 });
  expect(await set({ advance_seconds: 0 })).toMatchObject({ offset_seconds: 90.5, frozen: false });
  real.advance(1_000);
  expect(await read()).toEqual({ now: "2026-01-01T00:01:31.500Z", offset_seconds: 90.5, frozen: false });
});

test("real time that passes during an advance is not added twice", async () => {
  let real = Date.parse(START);
  const mock = createMock({ clock: { now: () => real++ } });
  await mock.clock.advance({ minutes: 8 });
  await mock.clock.advance({ seconds: 30 });
  expect((await mock.clock.read()).offsetSeconds).toBe(510);
});

test("the clock can be set forward and back, in any time zone", async () => {
  const { real, read, set } = prepared();
  expect(await set({ set: "2026-01-02T00:00:00Z" })).toMatchObject({
    now: "2026-01-02T00:00:00.000Z",
    offset_seconds: 86_400,
  });
  expect(await set({ set: "2026-01-01T08:00:00+08:00" })).toMatchObject({ now: START, offset_seconds: 0 });
  expect(await set({ set: "2025-12-31T23:59:59.25Z" })).toMatchObject({ offset_seconds: -0.75 });
  real.advance(750);
  expect(await read()).toMatchObject({ now: START, offset_seconds: -0.75 });
});

test("a frozen clock does not move while real time passes", async () => {
  const { real, read, set } = prepared();
  expect(await set({ frozen: true })).toEqual({ now: START, offset_seconds: 0, frozen: true });
  real.advance(3_600_000);
  expect(await read()).toEqual({ now: START, offset_seconds: -3_600, frozen: true });
});

test("a frozen clock can be advanced and set, and stays frozen", async () => {
  const { real, read, set } = prepared();
  await set({ frozen: true });
  real.advance(5_000);
  expect(await set({ advance_seconds: 60 })).toMatchObject({ now: "2026-01-01T00:01:00.000Z", frozen: true });
  expect(await set({ set: "2026-06-01T00:00:00Z" })).toMatchObject({ now: "2026-06-01T00:00:00.000Z", frozen: true });
  real.advance(5_000);
  expect(await read()).toMatchObject({ now: "2026-06-01T00:00:00.000Z", frozen: true });
});

test("a thawed clock continues from its frozen time", async () => {
  const { real, read, set } = prepared();
  await set({ frozen: true });
  real.advance(10_000);
  expect(await set({ frozen: false })).toEqual({ now: START, offset_seconds: -10, frozen: false });
  real.advance(1_000);
  expect(await read()).toMatchObject({ now: "2026-01-01T00:00:01.000Z", frozen: false });
});

test("freezing twice and thawing a running clock change nothing", async () => {
  const { real, set } = prepared();
  expect(await set({ frozen: false })).toEqual({ now: START, offset_seconds: 0, frozen: false });
  await set({ frozen: true });
  real.advance(1_000);
  expect(await set({ frozen: true })).toMatchObject({ now: START, frozen: true });
});

test("in one patch set applies first, then advance, then frozen", async () => {
  const { real, read, set } = prepared();
  const change = { frozen: true, advance_seconds: 30, set: "2030-01-01T00:00:00Z" };
  expect(await set(change)).toMatchObject({ now: "2030-01-01T00:00:30.000Z", frozen: true });
  real.advance(1_000);
  expect(await read()).toMatchObject({ now: "2030-01-01T00:00:30.000Z" });
});

const OUT_OF_RANGE = { status: 400, detail: "the time must lie within the years 1970 to 9999" };

test.each([
  { set: "1969-12-31T23:59:59Z" },
  { set: "1970-01-01T00:00:00+08:00" },
  { set: "9999-12-31T23:59:59-08:00" },
  { set: "9999-12-31T23:59:59Z", advance_seconds: 1 },
  { set: "2016-12-31T23:59:60Z" },
])("%j leaves the range of years: the patch is refused and changes nothing", async (body) => {
  const { set, refused } = prepared();
  await set({ advance_seconds: 90, frozen: true });
  expect(await refused("setClock", { body })).toMatchObject(OUT_OF_RANGE);
});

test("repeated advances cannot pass the year 9999", async () => {
  const { set, refused } = prepared();
  await set({ set: "9990-01-01T00:00:00Z" });
  expect(await refused("setClock", { body: { advance_seconds: 3_153_600_000 } })).toMatchObject(OUT_OF_RANGE);
});

test.each(["1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"])("the clock can be set to %s", async (time) => {
  const { set } = prepared();
  expect((await set({ set: time })).now).toBe(new Date(time).toISOString());
});

test("each sandbox has its own clock", async () => {
  const { mock, real, read, set } = prepared();
  const other = await mock.sandboxes.create();
  await set({ advance_seconds: 60 });
  await set({ set: "2027-01-01T00:00:00Z", frozen: true }, other.clientId);
  real.advance(1_000);
  expect(await read()).toMatchObject({ now: "2026-01-01T00:01:01.000Z", frozen: false });
  expect(await read(other.clientId)).toMatchObject({ now: "2027-01-01T00:00:00.000Z", frozen: true });
});

test("in process a duration may use any unit", async () => {
  const { mock } = prepared();
  const { offsetSeconds } = await mock.clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4 });
  expect(offsetSeconds).toBe(93_784);
});

test("the offset of an untouched clock is zero, however long the reading takes", async () => {
  let real = Date.parse(START);
  const mock = createMock({ clock: { now: () => real++ } });
  expect(await mock.clock.read()).toMatchObject({ offsetSeconds: 0 });
});
