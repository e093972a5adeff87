/** The control protocol writes `expires_in`, TypeScript `expiresIn`: names translated from one to the other. */

type Camel<Name extends string> = Name extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<Camel<Rest>>}`
  : Name;

/** The same members under camelCase names; what is below them stays as it is. */
export type CamelKeys<T> = { [Name in keyof T as Name extends string ? Camel<Name> : Name]: T[Name] };

export function camelKeys<T extends object>(value: T): CamelKeys<T> {
  return renamed(value, toCamel) as CamelKeys<T>;
}

export function snakeKeys<T extends object>(value: CamelKeys<T>): T {
  return renamed(value, toSnake) as T;
}

/** At every level, but for what lies below the members named in `opaque`: their names are data. */
export function deepCamelKeys(value: unknown, opaque: ReadonlySet<string>): unknown {
  return deeplyRenamed(value, toCamel, opaque);
}

export function deepSnakeKeys(value: unknown, opaque: ReadonlySet<string>): unknown {
  return deeplyRenamed(value, toSnake, opaque);
}

function toCamel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function deeplyRenamed(value: unknown, rename: (name: string) => string, opaque: ReadonlySet<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => deeplyRenamed(item, rename, opaque));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      rename(name),
      opaque.has(name) ? member : deeplyRenamed(member, rename, opaque),
    ]),
  );
}

function renamed(value: object, rename: (name: string) => string): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), member]));
}
