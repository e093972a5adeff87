/** The catalogue: every operation, its errors with their texts and sources, the scenes, and the keys of the policy. */
import { type Assumption, assumptions } from "../core/policy.ts";
import type { AnyDialect } from "../dialect-kit/operation.ts";
import { components } from "../spec/control.gen.ts";
import { magicSuffixes, type OperationEntry, operationEntries } from "../spec/index.ts";
import type { Handlers, Schemas } from "./calls.ts";

type Documentation = typeof import("../spec/documentation.gen.ts");

export const catalogue: Handlers<"readCatalogue"> = {
  async readCatalogue(_input, { mock: { dialects } }) {
    // Load the documentation here: no other call needs it.
    const documentation = await import("../spec/documentation.gen.ts");
    return {
      operations: dialects.flatMap((dialect) =>
        operationEntries
          .filter((entry) => entry.dialect === dialect.name)
          .map((entry) => catalogued(entry, dialect, documentation)),
      ),
      scenes: dialects.flatMap(({ name: dialect, scenes }) =>
        Object.entries(scenes).map(([scene, channel]) => ({ scene, dialect, channel })),
      ),
      policy: [...assumed(assumptions), ...dialects.flatMap(assumedBy)].map((entry) => described(entry, documentation)),
    };
  },
};

function catalogued(
  { id, method, path, checks }: OperationEntry,
  dialect: AnyDialect,
  { sources, purposes }: Documentation,
): Schemas["CataloguedOperation"] {
  const errors = checks.map((check) => {
    const error = dialect.errorCode(check);
    const known = sources[dialect.name]?.[check];
    if (known === undefined) throw new Error(`No source for "${check}" of ${dialect.name}; run npm run generate`);
    const magic_suffix = (purposes[id]?.takesReceiver && magicSuffixes[dialect.name]?.[error]) || null;
    return { check, error, text: dialect.texts(check), ...known, also: [...known.also], magic_suffix };
  });
  return { operation: id, dialect: dialect.name, method, path, summary: purposes[id]?.summary ?? id, errors };
}

type Table = Readonly<Record<string, Assumption<unknown>>>;
type CataloguedKey = Schemas["Catalogue"]["policy"][number];
type PolicyEntry = Omit<CataloguedKey, "description" | "values">;

/** The schemas of the policy keys; a key with a choice of texts has an `enum`. */
const schemas: Readonly<Record<string, PolicySchema>> = components.schemas.PolicyValues.properties;

interface PolicySchema {
  readonly enum?: readonly (string | null)[];
  readonly [keyword: string]: unknown;
}

function described(entry: PolicyEntry, { policyDescriptions }: Documentation): CataloguedKey {
  const description = policyDescriptions[entry.key];
  if (description === undefined) throw new Error(`No description of policy key "${entry.key}"; run npm run generate`);
  const values = schemas[entry.key]?.enum?.filter((value) => value !== null);
  return { ...entry, description, ...(values && { values }) };
}

function assumed(table: Table, of: { readonly dialect?: string } = {}): PolicyEntry[] {
  return Object.entries(table).map(([key, { default: value, source }]) => ({ key, ...of, default: value, source }));
}

/** The policy keys that only this dialect has, and the common keys whose default differs in it. */
function assumedBy({ name: dialect, assumptions: own = {}, policy: differing = {} }: AnyDialect) {
  const common: Table = assumptions;
  const differences = Object.entries(differing).map(([key, value]) => [
    key,
    { default: value, source: common[key]?.source ?? "" },
  ]);
  return assumed({ ...own, ...Object.fromEntries(differences) }, { dialect });
}
