/** The policy's keys with their values, as one system has them or as all have them. */
import type { Catalogue, PolicyValues } from "../../../client/sandbox.ts";

type Entry = Catalogue["policy"][number];

export interface PolicySetting extends Entry {
  readonly value: unknown;
  /** The systems that have a value of their own, and that value. */
  readonly differing: readonly string[];
  /** It has a value that can be reset. */
  readonly isSet: boolean;
}

/** First the common keys, then the keys of one dialect. `system` is a dialect's name, or "" for all. */
export function policySettings(
  entries: readonly Entry[],
  values: PolicyValues,
  system: string,
): readonly PolicySetting[] {
  const common = entries.filter(({ dialect }) => dialect === undefined);
  const commonKeys = new Set(common.map(({ key }) => key));
  const own = entries.filter(
    ({ key, dialect }) => dialect !== undefined && !commonKeys.has(key) && (system === "" || system === dialect),
  );
  const all = record(values);
  const here = record(all[system]);
  return [...common, ...own].map((entry) => {
    const { key } = entry;
    const scoped = entries.find((other) => other.key === key && other.dialect === system) ?? entry;
    const value = key in here ? here[key] : all[key];
    const isScoped = system === "" || key in here || !commonKeys.has(key);
    return {
      ...scoped,
      value,
      differing: system === "" ? differingIn(all, entries, key) : [],
      isSet: isScoped && JSON.stringify(value) !== JSON.stringify(scoped.default),
    };
  });
}

/** `genauth: 60` */
function differingIn(all: Readonly<Record<string, unknown>>, entries: readonly Entry[], key: string): string[] {
  const dialects = Object.entries(all).filter(([name]) => !entries.some((entry) => entry.key === name));
  return dialects.flatMap(([name, values]) =>
    key in record(values) ? `${name}: ${inShort(record(values)[key])}` : [],
  );
}

export function inShort(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return value === null ? "–" : String(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value ?? {}));
}
