/** Passwords that break only the rule under test. The length comes from the policy. */
import type { RandomData } from "../../world/random-data.ts";
import { NotApplicable, type World } from "../../world/world.ts";

type CharacterClass = "capital" | "small" | "digit" | "special";

export const CLASSES: readonly CharacterClass[] = ["capital", "small", "digit", "special"];

const PATTERNS: Readonly<Record<CharacterClass, RegExp>> = {
  capital: /[A-Z]/,
  small: /[a-z]/,
  digit: /\d/,
  special: /[^A-Za-z\d]/,
};

/** Enough random characters to contain almost every digit. */
const DRAWN = 200;

/** Characters of these classes in turn. Repeats a character only after all others of its class. */
export function mixed({ random }: World, classes: readonly CharacterClass[], length: number): string {
  const drawn = [...random.password(DRAWN)];
  const alphabets = classes.map((name) => [...new Set(drawn.filter((one) => PATTERNS[name].test(one)))]);
  const characterAt = (index: number) => {
    const alphabet = alphabets[index % classes.length] ?? [];
    return alphabet[Math.floor(index / classes.length) % alphabet.length] ?? "";
  };
  return Array.from({ length }, (_, index) => characterAt(index)).join("");
}

/** Every combination of this many classes. */
export function choicesOf(count: number, from = CLASSES): readonly (readonly CharacterClass[])[] {
  const [first, ...others] = from;
  if (count === 0) return [[]];
  if (first === undefined) return [];
  const withFirst = choicesOf(count - 1, others).map((choice) => [first, ...choice]);
  return [...withFirst, ...choicesOf(count, others)];
}

const WORD_LENGTH = 6;

/** Different lower-case letters, so that the reversed word differs. */
export function word(random: RandomData): string {
  return [...new Set(random.letters(DRAWN))].slice(0, WORD_LENGTH).join("");
}

/** A length that breaks no rule. */
export function usualLength(world: World): number {
  return world.freshPassword().length;
}

/** A password that contains `part` and every class. */
export function containing(world: World, part: string): string {
  return withinLength(world, `${beginning(world, part.length)}${part}`);
}

/** A password with a lower-case letter repeated this often, and nowhere else. */
export function withRun(world: World, times: number): string {
  const before = beginning(world, times);
  const letter = [...word(world.random)].find((one) => !before.toLowerCase().includes(one)) ?? "";
  return withinLength(world, `${before}${letter.repeat(times)}`);
}

/**
 * The characters to put before a part of this length: every class, with a special character at the end, which repeats
 * nothing.
 */
function beginning(world: World, length: number): string {
  const missing = Math.max(CLASSES.length, usualLength(world) - length);
  const fours = Math.ceil(missing / CLASSES.length);
  return mixed(world, CLASSES, fours * CLASSES.length).slice(-missing);
}

/** Returns the password, unless it is longer than the policy of the target allows. */
function withinLength(world: World, password: string): string {
  const longest = world.states("password_max_length") ? world.figure("password_max_length") : undefined;
  if (longest !== undefined && password.length > longest)
    throw new NotApplicable(
      `the target's policy allows shorter passwords only: ${password.length} characters are too many`,
    );
  return password;
}
