/** Converts names between the control protocol (`expires_in`) and TypeScript (`expiresIn`). */

type Camel<Name extends string> = Name extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<Camel<Rest>>}`
  : Name;

/** The same fields under camelCase names. Converts the first level only. */
export type CamelKeys<T> = { [Name in keyof T as Name extends string ? Camel<Name> : Name]: T[Name] };

export function camelKeys<T extends object>(value: T): CamelKeys<T> {
  return renamed(value, toCamel) as CamelKeys<T>;
}

export function snakeKeys<T extends object>(value: CamelKeys<T>): T {
  return renamed(value, toSnake) as T;
}

/** Converts every level, except below the fields named in `opaque`: there the names are data. */
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
    Object.entries(value).map(([name, field]) => [
      rename(name),
      opaque.has(name) ? field : deeplyRenamed(field, rename, opaque),
    ]),
  );
}

function renamed(value: object, rename: (name: string) => string): object {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [rename(name), field]));
}
