/** What the cases check in values: patterns in codes and tokens, secrets in responses, and the count of attempts. */
import { expect, test } from "vitest";
import type { Fixture, Scenario } from "../../../contracts/cases/scenario.ts";
import { expectHidden } from "../../../contracts/cases/shared/hidden.ts";
import { inBatches } from "../../../contracts/cases/shared/in-batches.ts";
import { oddFormsOf } from "../../../contracts/cases/shared/odd-forms.ts";
import { expectUnpredictable } from "../../../contracts/cases/shared/unpredictable.ts";
import { canonical } from "../../../contracts/world/receivers.ts";
import type { Reply, World } from "../../../contracts/world/world.ts";

/** Only what the checks use. */
function fakeWorld() {
  const got: string[] = [];
  const violate = (_what: string, _expected: string, found: string) => void got.push(found);
  const world = {
    exchanges: [],
    violate,
    expect(holds: boolean, what: string, expected: string, found: string) {
      if (!holds) violate(what, expected, found);
      return holds;
    },
    remember: async () => ({ unchanged: async () => undefined }),
  };
  // The tested functions use only these parts of a world.
  return { got, world: world as unknown as World };
}

test.each([
  ["the same value", ["482130", "482130", "482130"], ["the same value 3 times"]],
  ["two values in turn", ["482130", "118402", "482130"], ["one of 2 values 3 times"]],
  ["values near to each other", ["482130", "482977", "482004"], ["all of them within one hundredth of the range"]],
  ["a counter", ["000009", "000010", "000011"], ["values in equal steps of 1"]],
  ["a counter without leading zeros", ["9", "10", "11"], ["values in equal steps of 1"]],
  ["a counter that goes down", ["105", "103", "101"], ["values in equal steps of -2"]],
  ["a counter between texts", ["t-98-x", "t-99-x", "t-100-x"], ["values in equal steps of 1"]],
  ["a hexadecimal counter", ["a0ff", "a100", "a101"], ["values in equal steps of 1"]],
  ["random codes", ["482130", "118402", "902311"], []],
  ["random tokens", ["9f8a1c", "b2d47e", "03aa91"], []],
  ["random texts", ["xkwq", "mmpa", "zzyt"], []],
])("expectUnpredictable finds %s", (_what, values, expected) => {
  const { got, world } = fakeWorld();
  expectUnpredictable(world, "values", values);
  expect(got).toEqual(expected);
});

test("expectHidden looks in body and headers, for whole words of four characters or more", () => {
  const found = (body: string, headers: Record<string, string>, secret: string) => {
    const { got, world } = fakeWorld();
    expectHidden(world, { body, headers, exchange: 0 } as unknown as Reply, { "the secret": secret });
    return got.length > 0;
  };
  expect(found('{"code":"482130"}', {}, "482130")).toBe(true);
  expect(found("", { "x-debug": "code=482130" }, "482130")).toBe(true);
  expect(found('{"id":"14821304"}', {}, "482130")).toBe(false);
  expect(found('{"id":"abc"}', {}, "abc")).toBe(false);
  expect(found("a.b*c", {}, "a.b*c")).toBe(true);
});

test("inBatches takes a new fixture after each batch, and after a success", async () => {
  const { world } = fakeWorld();
  let made = 0;
  const arrange = async () => ({ world, draft: { operation: "x" }, mustNotChange: [], id: made++ });
  const scenario = { operation: "x", requires: [], arrange } as unknown as Scenario<Fixture & { id: number }>;
  const tried: string[] = [];
  const values = ["a", "b", "c", "success", "d", "e", "f", "g"];
  await inBatches(scenario, await scenario.arrange(world), { values, size: 3 }, async ({ id }, value) => {
    tried.push(`${value}${id}`);
    return { succeeded: value === "success" } as Reply;
  });
  expect(tried).toEqual(["a0", "b0", "c0", "success1", "d2", "e2", "f2", "g3"]);
});

test("the odd forms of a receiver are different, and none is the plain one", () => {
  for (const receiver of ["15201657312", "ada@example.com"]) {
    const forms = oddFormsOf(receiver);
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms).not.toContain(receiver);
    expect(forms.filter((form) => canonical(form) === canonical(receiver)).length).toBeLessThan(4);
  }
});
