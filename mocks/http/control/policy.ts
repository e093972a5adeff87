/** What the documents leave open, changed at run time. */
import { type Policy, type PolicyChanges, type PolicyKey, policyKeys, policyOf } from "../../core/policy.ts";
import type { Settings } from "../../core/store.ts";
import { changeSettings, type Wiring } from "../sandbox.ts";
import { badRequest, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type Patch = Record<string, unknown>;

export const policy: Handlers<"readPolicy" | "patchPolicy"> = {
  readPolicy: (_input, context) => inSandbox(context, ({ settings }) => onWire(settings, context.wiring)),

  patchPolicy: ({ body }, context) =>
    inSandbox(context, ({ tx, settings }) => {
      const changed = { ...settings, policy: patched(settings.policy, body as Patch) };
      assertPossiblePolicy(changed, context.wiring);
      changeSettings(tx, changed);
      return onWire(changed, context.wiring);
    }),
};

/** null takes a key back to its default. A member that is no key is a dialect's name: the schema allows nothing else. */
function patched({ all, dialects }: PolicyChanges, patch: Patch): PolicyChanges {
  const names = Object.keys(patch).filter((name) => !isKey(name));
  const changed = names.map((name) => [name, merged(dialects[name] ?? {}, patch[name] as Patch)] as const);
  return { all: merged(all, patch), dialects: { ...dialects, ...Object.fromEntries(changed) } };
}

function merged(before: Partial<Policy>, patch: Patch): Partial<Policy> {
  const given = Object.entries(patch).filter(([name]) => isKey(name));
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
  );
}

function isKey(name: string): name is PolicyKey {
  return (policyKeys as readonly string[]).includes(name);
}

/** Throws when a policy, of all dialects or of one, contradicts itself. */
export function assertPossiblePolicy(settings: Settings, { dialects }: Wiring): void {
  for (const scope of [undefined, ...dialects]) {
    const { password_min_length: least, password_max_length: most } = policyOf(settings, scope);
    if (least > most) throw badRequest(`password_min_length ${least} is more than password_max_length ${most}`);
  }
}

function onWire(settings: Settings, { dialects }: Wiring): Schemas["Policy"] {
  const common = policyOf(settings);
  const differing = dialects.flatMap((dialect) => {
    const own = policyOf(settings, dialect);
    const keys = policyKeys.filter((key) => own[key] !== common[key]);
    return keys.length === 0 ? [] : [[dialect.name, Object.fromEntries(keys.map((key) => [key, own[key]]))]];
  });
  return { ...common, ...Object.fromEntries(differing) };
}
