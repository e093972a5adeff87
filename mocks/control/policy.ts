/** Reads and changes the policy of a sandbox. */
import { type Policy, type PolicyChanges, policyOf } from "../core/policy.ts";
import type { Settings } from "../core/records.ts";
import { changeSettings, type MockContext } from "../engine/transact.ts";
import { badRequest, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type Patch = Record<string, unknown>;

export const policy: Handlers<"readPolicy" | "patchPolicy"> = {
  readPolicy: (_input, context) => inSandbox(context, ({ settings }) => onWire(settings, context.mock)),

  patchPolicy: ({ body }, context) =>
    inSandbox(context, ({ tx, settings }) => {
      const changed = { ...settings, policy: patched(settings.policy, body as Patch, context.mock) };
      assertPossiblePolicy(changed, context.mock);
      changeSettings(tx, changed);
      return onWire(changed, context.mock);
    }),
};

/** null puts a key back to its default. The keys below a dialect's name change that dialect only. */
function patched({ all, dialects }: PolicyChanges, patch: Patch, mock: MockContext): PolicyChanges {
  const names = mock.dialects.map(({ name }) => name).filter((name) => patch[name] !== undefined);
  const changed = names.map((name) => [name, merged(dialects[name] ?? {}, patch[name] as Patch)] as const);
  const common = Object.fromEntries(Object.entries(patch).filter(([key]) => !names.some((name) => name === key)));
  return { all: merged(all, common), dialects: { ...dialects, ...Object.fromEntries(changed) } };
}

function merged(before: Partial<Policy>, patch: Patch): Partial<Policy> {
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null));
}

/** Throws a `ControlError` if the policy, common or of one dialect, contradicts itself. */
export function assertPossiblePolicy(settings: Settings, { dialects }: MockContext): void {
  for (const scope of [undefined, ...dialects]) {
    const policy = policyOf(settings, scope);
    const { password_min_length: least, password_max_length: most } = policy;
    if (least > most) throw badRequest(`password_min_length (${least}) must not exceed password_max_length (${most})`);
    if (policy.update_pwd_requires_area_code && policy.mobile_spellings.every((spelling) => spelling === "plain")) {
      throw badRequest('mobile_spellings needs "joined" or "dashed" while update_pwd_requires_area_code is true');
    }
  }
}

function onWire(settings: Settings, { dialects }: MockContext): Schemas["Policy"] {
  const common: Record<string, unknown> = { ...policyOf(settings) };
  // A key that only one dialect has is listed among the common keys.
  for (const dialect of dialects) {
    const own: Record<string, unknown> = { ...policyOf(settings, dialect) };
    for (const key of Object.keys(dialect.assumptions ?? {})) common[key] = own[key];
  }
  const differing = dialects.flatMap((dialect) => {
    const own = Object.entries(policyOf(settings, dialect)).filter(([key, value]) => value !== common[key]);
    return own.length === 0 ? [] : [[dialect.name, Object.fromEntries(own)]];
  });
  return { ...common, ...Object.fromEntries(differing) } as Schemas["Policy"];
}
