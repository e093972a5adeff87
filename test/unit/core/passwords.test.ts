/** The password rules as properties of any text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { classesOf, containsPart, hasReversed, isWeak, lengthOf, repeatsOf } from "../../../mocks/core/passwords.ts";
import { policyOf, UNCHANGED } from "../../../mocks/core/policy.ts";

const policy = policyOf({ policy: UNCHANGED });
const contains = (password: string, part: string | undefined) => containsPart(password, part, policy);
const containsReversed = (password: string, username: string | undefined) => hasReversed(password, username, policy);
const isListed = (password: string, password_weak_list: readonly string[]) =>
  isWeak(password, { ...policy, password_weak_list });
const { run: longestRun, total: mostOccurrences } = repeatsOf;

/** Always the same texts, so that a failure repeats. */
const RUNS = { seed: 20260101, numRuns: 500 };

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SPECIAL = " ~!#$%&+-,*:;<=>@_?^`./\\'\"()[]{}|、月é😀";

const oneOf = (characters: string) => fc.constantFrom(...characters);
const character = oneOf(UPPER + LOWER + DIGITS + SPECIAL);
const text = fc.string({ unit: character, maxLength: 24 });
const part = fc.string({ unit: character, minLength: 3, maxLength: 12 });
const shortPart = fc.string({ unit: oneOf(UPPER + LOWER + DIGITS), maxLength: 2 });

const reversed = (of: string) => [...of].reverse().join("");
const swappedCase = (of: string) =>
  of.replace(/[A-Za-z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

test("a character written n times in a row is a run of n", () => {
  fc.assert(
    fc.property(character, fc.integer({ min: 1, max: 40 }), (one, times) => {
      expect(longestRun(one.repeat(times))).toBe(times);
    }),
    RUNS,
  );
});

test("a run is found anywhere between shorter ones", () => {
  fc.assert(
    fc.property(text, character, text, (before, one, after) => {
      const times = Math.max(longestRun(before), longestRun(after)) + 1;
      expect(longestRun(before + one.repeat(times) + after)).toBeGreaterThanOrEqual(times);
    }),
    RUNS,
  );
});

test("characters that differ from their neighbours are runs of one", () => {
  fc.assert(
    fc.property(text, (any) => {
      const apart = [...any].filter((one, index, all) => one !== all[index - 1]).join("");
      expect(longestRun(apart)).toBe(apart === "" ? 0 : 1);
    }),
    RUNS,
  );
});

test("the longest run is the same in reverse and never longer than the text", () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(longestRun(reversed(any))).toBe(longestRun(any));
      expect(longestRun(any)).toBeLessThanOrEqual(lengthOf(any));
    }),
    RUNS,
  );
});

test("a run treats a letter in upper and in lower case as two characters", () => {
  expect(longestRun("aAaA")).toBe(1);
});

test("the occurrences of a character do not depend on its place, and are never fewer than its longest run", () => {
  fc.assert(
    fc.property(text, character, fc.integer({ min: 1, max: 30 }), (any, one, times) => {
      const scattered = [...any].filter((other) => other !== one).join(one);
      expect(mostOccurrences(any)).toBe(mostOccurrences([...any].sort().join("")));
      expect(mostOccurrences(any)).toBeGreaterThanOrEqual(longestRun(any));
      expect(mostOccurrences(scattered + one.repeat(times))).toBeGreaterThanOrEqual(times);
    }),
    RUNS,
  );
  expect(mostOccurrences("")).toBe(0);
});

test("the number of classes is the number of classes that the text was built from", () => {
  const nonEmpty = (characters: string) => fc.string({ unit: oneOf(characters), minLength: 1, maxLength: 6 });
  const ofEach = fc.tuple(nonEmpty(UPPER), nonEmpty(LOWER), nonEmpty(DIGITS), nonEmpty(SPECIAL));
  const mixture = ofEach.chain((texts) => fc.shuffledSubarray([...texts]));
  fc.assert(
    fc.property(mixture, (texts) => {
      expect(classesOf(texts.join(""))).toBe(texts.length);
    }),
    RUNS,
  );
});

test("more characters never reduce the classes, and their order does not matter", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(classesOf(one + other)).toBeGreaterThanOrEqual(Math.max(classesOf(one), classesOf(other)));
      expect(classesOf(one + other)).toBe(classesOf(other + one));
    }),
    RUNS,
  );
});

test("a part of three or more characters is found anywhere, in any case", () => {
  fc.assert(
    fc.property(text, part, text, (before, inside, after) => {
      expect(contains(before + inside + after, inside)).toBe(true);
      expect(contains(before + swappedCase(inside) + after, inside)).toBe(true);
    }),
    RUNS,
  );
});

test("a part with a character that is not in the password is not found", () => {
  fc.assert(
    fc.property(text, text, text, (password, before, after) => {
      expect(contains(password, `${before}字${after}`)).toBe(false);
    }),
    RUNS,
  );
});

test("a part of one or two characters is never found, even as the whole password", () => {
  fc.assert(
    fc.property(text, shortPart, (before, short) => {
      expect(contains(before + short, short)).toBe(false);
      expect(containsReversed(reversed(short) + before, short)).toBe(false);
    }),
    RUNS,
  );
});

test.each(["😀😀", "𠮷野", "野𠮷"])("%s has two characters, too few for a part", (short) => {
  expect(contains(`Moon-17${short}`, short)).toBe(false);
  expect(containsReversed(`Moon-17${reversed(short)}`, short)).toBe(false);
});

test("an unset identifier is never found", () => {
  fc.assert(
    fc.property(text, (password) => {
      expect(contains(password, undefined)).toBe(false);
      expect(containsReversed(password, undefined)).toBe(false);
    }),
    RUNS,
  );
  expect(contains("undefined", undefined)).toBe(false);
});

test("a reversed user name is found anywhere, in any case", () => {
  fc.assert(
    fc.property(text, part, text, (before, username, after) => {
      expect(containsReversed(before + reversed(username) + after, username)).toBe(true);
      expect(containsReversed(before + swappedCase(reversed(username)) + after, username)).toBe(true);
    }),
    RUNS,
  );
});

test("a user name is reversed by characters, not by code points", () => {
  expect(containsReversed("Moon-❤️yks-17", "sky❤️")).toBe(true);
});

test("a part is found as written, also where its lower case depends on the next character", () => {
  expect(contains("ΝΙΚΟΣMoon-17", "ΝΙΚΟΣ")).toBe(true);
});

test("searching a reversed user name equals searching the name in the reversed password", () => {
  fc.assert(
    fc.property(text, part, (password, username) => {
      expect(containsReversed(password, username)).toBe(contains(reversed(password), username));
    }),
    RUNS,
  );
});

test("a listed password is found in any case and at any position of the list", () => {
  fc.assert(
    fc.property(fc.array(text), part, fc.array(text), (before, password, after) => {
      expect(isListed(password, [...before, password, ...after])).toBe(true);
      expect(isListed(password, [...before, swappedCase(password), ...after])).toBe(true);
    }),
    RUNS,
  );
});

test("a password that only contains a listed one is not listed", () => {
  fc.assert(
    fc.property(fc.array(text), (list) => {
      for (const weak of list) expect(isListed(`${weak}字`, list)).toBe(false);
      expect(isListed("字", [])).toBe(false);
    }),
    RUNS,
  );
});

test("the length is the number of characters", () => {
  fc.assert(
    fc.property(fc.array(character), (characters) => {
      expect(lengthOf(characters.join(""))).toBe(characters.length);
    }),
    RUNS,
  );
});

test.each(["❤️", "👍🏽", "👨‍👩‍👧", "🇨🇳", "e\u0301"])("%s, of several code points, is one visible character", (one) => {
  expect(lengthOf(one)).toBe(1);
  expect(longestRun(one.repeat(4))).toBe(4);
});
