/** JSON with one thing in it altered. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The names of the members on the way; in a list, positions. */
export type Path = readonly string[];

/** The JSON of this text with another value in this place; undefined takes it out. The name `*` is that of the first member. */
export function altered(text: string, path: Path, value: unknown): Json {
  const whole: Json = JSON.parse(text);
  const name = path.at(-1) ?? "";
  let parent = whole as Record<string, Json>;
  for (const step of path.slice(0, -1)) parent = parent[named(parent, step)] as Record<string, Json>;
  const place = named(parent, name);
  // So that a member may have any name.
  if (value !== undefined) Object.defineProperty(parent, place, { value, enumerable: true, configurable: true });
  else if (Array.isArray(parent)) parent.splice(Number(place), 1);
  else delete parent[place];
  return whole;
}

function named(parent: object, step: string): string {
  return step === "*" ? (Object.keys(parent)[0] ?? step) : step;
}

/** The place of every value in it, members as well as what they hold. */
export function placesIn(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  const below = Object.entries(value).flatMap(([name, field]) => placesIn(field, [...here, name]));
  return here.length === 0 ? below : [here, ...below];
}
