/** The requirements of a case, and the smallest addition that meets them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { CODE, expiringCode, missingOf, SIGNED_IN, secondCode } from "../../../contracts/target/requirements.ts";
import { type Capability, capabilitiesOf } from "../../../contracts/target/target.ts";
import { everyCapability } from "../../support/contracts/capabilities.ts";

test.each<[string, readonly string[], readonly Capability[], readonly string[]]>([
  ["nothing is needed", [], [], []],
  ["what is needed is there", ["accounts"], ["accounts", "clock"], []],
  ["nothing is there", ["accounts", "tokens"], [], ["accounts", "tokens"]],
  ["one of two is there", ["accounts", "tokens"], ["tokens"], ["accounts"]],
  ["one of the alternatives is there", ["codes|messages"], ["messages"], []],
  ["neither of the alternatives is there", ["codes|messages"], ["clock"], ["codes|messages"]],
  ["both of a pair are there", ["codes|messages+clock"], ["messages", "clock"], []],
  ["the pair takes more than the alternative", ["codes|messages+clock"], [], ["codes"]],
  ["one of the pair is there", ["codes|messages+clock"], ["messages"], ["codes|clock"]],
  ["only a pair would do", ["messages+clock"], [], ["messages+clock"]],
  ["two needs lack the same", ["clock", "clock|codes+messages"], [], ["clock"]],
  ["no code can be had", [CODE], [], ["codes"]],
  ["a sent code could be read", [CODE], ["messages"], ["codes|captcha-tokens|captcha-answer"]],
  ["a sent code cannot be read", [CODE], ["captcha-answer"], ["codes|messages"]],
  ["no second code can be had", secondCode(), ["messages", "captcha-tokens"], ["codes|clock|policy", "unique-codes"]],
  ["no code expires", expiringCode(), ["messages", "captcha-tokens"], ["codes|clock"]],
])("where %s, the missing capability is named", (_what, needs, offered, missing) => {
  expect(missingOf(needs, new Set(offered))).toEqual(missing);
});

const names = fc.constantFrom(...everyCapability);
const anyWay = fc.uniqueArray(names, { minLength: 1, maxLength: 3 }).map((way) => way.join("+"));
const anyNeed = fc.uniqueArray(anyWay, { minLength: 1, maxLength: 3 }).map((ways) => ways.join("|"));
const anyOffer = fc.subarray([...everyCapability]).map((offered) => new Set(offered));

test("a target that offers everything misses nothing", () => {
  const everything = new Set(everyCapability);
  const property = fc.property(fc.array(anyNeed), (needs) => {
    expect(missingOf(needs, everything)).toEqual([]);
  });
  fc.assert(property);
});

test("each named addition is enough for a requirement, and any part of it is not", () => {
  const property = fc.property(anyNeed, anyOffer, (need, offered) => {
    const [additions] = missingOf([need], offered);
    const named = additions?.split("|") ?? [];
    expect(new Set(named.map((addition) => addition.split("+").length)).size).toBeLessThanOrEqual(1);
    for (const addition of named) {
      const added = addition.split("+") as Capability[];
      expect(missingOf([need], new Set([...offered, ...added]))).toEqual([]);
      for (const left of added) {
        const less = added.filter((name) => name !== left);
        expect(missingOf([need], new Set([...offered, ...less]))).not.toEqual([]);
      }
    }
  });
  fc.assert(property);
});

test("each requirement has its own entry, and equal entries appear once", () => {
  expect(missingOf([...SIGNED_IN, ...SIGNED_IN, CODE], new Set())).toEqual(["accounts", "tokens", "codes"]);
});

test("a target offers its functions, and unique codes unless it declares fixed ones", () => {
  const bare = { name: "bare", baseUrl: "http://ciam.test" };
  expect(capabilitiesOf(bare)).toEqual(["unique-codes"]);
  expect(capabilitiesOf({ ...bare, codeSemantics: "fixed" })).toEqual([]);
  expect(capabilitiesOf({ ...bare, codeSemantics: "unique", advanceClock: async () => undefined })).toEqual([
    "clock",
    "unique-codes",
  ]);
});
