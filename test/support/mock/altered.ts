/** JSON with one value changed. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The field names on the way to the value; positions in a list. */
export type Path = readonly string[];

/** The JSON of this text with another value in this place; undefined removes it. `*` is the first field. */
export function altered(text: string, path: Path, value: unknown): Json {
  const whole: Json = JSON.parse(text);
  const name = path.at(-1) ?? "";
  let parent = whole as Record<string, Json>;
  for (const step of path.slice(0, -1)) parent = parent[named(parent, step)] as Record<string, Json>;
  const place = named(parent, name);
  // So that a field may have any name.
  if (value !== undefined) Object.defineProperty(parent, place, { value, enumerable: true, configurable: true });
  else if (Array.isArray(parent)) parent.splice(Number(place), 1);
  else delete parent[place];
  return whole;
}

function named(parent: object, step: string): string {
  return step === "*" ? (Object.keys(parent)[0] ?? step) : step;
}

/** The path of every value in it, objects and lists included. */
export function placesIn(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  const below = Object.entries(value).flatMap(([name, field]) => placesIn(field, [...here, name]));
  return here.length === 0 ? below : [here, ...below];
}
