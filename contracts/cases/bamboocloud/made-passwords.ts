/** Passwords that are good but for what a case wants of them. Knows how long they may be, and no rule by its name. */
import type { RandomData } from "../../world/random-data.ts";
import { NotApplicable, type World } from "../../world/world.ts";

type CharacterClass = "capital" | "small" | "digit" | "special";

export const CLASSES: readonly CharacterClass[] = ["capital", "small", "digit", "special"];

const MEMBERS: Readonly<Record<CharacterClass, RegExp>> = {
  capital: /[A-Z]/,
  small: /[a-z]/,
  digit: /\d/,
  special: /[^A-Za-z\d]/,
};

/** So many that hardly a digit is missing among them. */
const DRAWN = 200;

/** Characters of these classes in turn; none again before the others of its class have been used. */
export function mixed({ random }: World, classes: readonly CharacterClass[], length: number): string {
  const drawn = [...random.password(DRAWN)];
  const alphabets = classes.map((name) => [...new Set(drawn.filter((one) => MEMBERS[name].test(one)))]);
  const characterAt = (index: number) => {
    const alphabet = alphabets[index % classes.length] ?? [];
    return alphabet[Math.floor(index / classes.length) % alphabet.length] ?? "";
  };
  return Array.from({ length }, (_, index) => characterAt(index)).join("");
}

/** Each choice of so many classes. */
export function choicesOf(count: number, from = CLASSES): readonly (readonly CharacterClass[])[] {
  const [first, ...others] = from;
  if (count === 0) return [[]];
  if (first === undefined) return [];
  const withFirst = choicesOf(count - 1, others).map((choice) => [first, ...choice]);
  return [...withFirst, ...choicesOf(count, others)];
}

const WORD_LENGTH = 6;

/** Small letters that all differ, so that they are another word from behind. */
export function word(random: RandomData): string {
  return [...new Set(random.letters(DRAWN))].slice(0, WORD_LENGTH).join("");
}

/** How long a password is that nobody minds. */
export function usualLength(world: World): number {
  return world.freshPassword().length;
}

/** A password with this in it, and of every class. */
export function containing(world: World, part: string): string {
  return withinLength(world, `${beginning(world, part.length)}${part}`);
}

/** A password with a small letter that comes so many times in a row, and nowhere else. */
export function withRun(world: World, times: number): string {
  const before = beginning(world, times);
  const letter = [...word(world.random)].find((one) => !before.toLowerCase().includes(one)) ?? "";
  return withinLength(world, `${before}${letter.repeat(times)}`);
}

/** What makes a password of something so long: of every class, and ending in a special character, which repeats nothing. */
function beginning(world: World, length: number): string {
  const missing = Math.max(CLASSES.length, usualLength(world) - length);
  const fours = Math.ceil(missing / CLASSES.length);
  return mixed(world, CLASSES, fours * CLASSES.length).slice(-missing);
}

/** The password, unless the target states that so long a one breaks another rule. */
function withinLength(world: World, password: string): string {
  const longest = world.states("password_max_length") ? world.figure("password_max_length") : undefined;
  if (longest !== undefined && password.length > longest)
    throw new NotApplicable(
      `the target's policy allows shorter passwords only: ${password.length} characters are too many`,
    );
  return password;
}
