/** Chinese names in pinyin, for the rule that a password must not contain the user's name. */

const HAN = /\p{Script=Han}/u;

/** Longer names are cut, and further readings are dropped: a real name needs no more. */
const LONGEST_NAME = 8;
const MOST_READINGS = 64;

/**
 * Each reading of the name in lower case, without tones and blanks: `单小明` gives `shanxiaoming`, `danxiaoming` and so on.
 * None for a name without Chinese characters. The table of readings is large, so it loads with the first Chinese name.
 */
export async function romanize(name: string): Promise<readonly string[]> {
  if (!HAN.test(name)) return [];
  const { pinyin } = await import("pinyin-pro");
  let readings = [""];
  for (const character of [...name].filter((letter) => HAN.test(letter)).slice(0, LONGEST_NAME)) {
    const syllables = pinyin(character, { multiple: true, toneType: "none", type: "array", v: true });
    readings = readings.flatMap((before) => [...new Set(syllables)].map((syllable) => before + syllable));
    readings = readings.slice(0, MOST_READINGS);
  }
  return readings;
}
