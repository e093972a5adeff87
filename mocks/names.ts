/** The control protocol writes `expires_in`, TypeScript `expiresIn`: one level of names, translated by type and by value. */

type Camel<Name extends string> = Name extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<Camel<Rest>>}`
  : Name;

/** The same members under camelCase names; what is below them stays as it is. */
export type CamelKeys<T> = { [Name in keyof T as Name extends string ? Camel<Name> : Name]: T[Name] };

export function camelKeys<T extends object>(value: T): CamelKeys<T> {
  const toCamel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return renamed(value, toCamel) as CamelKeys<T>;
}

export function snakeKeys<T extends object>(value: CamelKeys<T>): T {
  const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return renamed(value, toSnake) as T;
}

function renamed(value: object, rename: (name: string) => string): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), member]));
}
