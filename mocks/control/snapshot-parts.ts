/** Splits a snapshot for its validation, because the validation of a large one takes seconds. */

const RECORDS = 200;

type Fields = Readonly<Record<string, unknown>>;

/** The snapshot is valid if each part is: the first part has everything but the large kinds, the others some of their records. */
export function* snapshotParts(body: unknown): Generator<unknown> {
  const records = isMap(body) && isMap(body["records"]) ? body["records"] : {};
  const large = Object.entries(records).filter(([, kind]) => isMap(kind) && Object.keys(kind).length > RECORDS);
  if (!isMap(body) || large.length === 0) return yield body;
  yield { ...body, records: { ...records, ...emptied(large) } };
  const { settings, ...kinds } = records;
  const rest = { ...emptied(Object.entries(kinds)), settings };
  for (const [kind, entries] of large) {
    const keys = Object.keys(entries as Fields);
    for (let start = 0; start < keys.length; start += RECORDS) {
      const some = Object.fromEntries(keys.slice(start, start + RECORDS).map((key) => [key, (entries as Fields)[key]]));
      yield { ...body, messages: [], records: { ...rest, [kind]: some } };
    }
  }
}

function emptied(kinds: readonly (readonly [string, unknown])[]): Fields {
  return Object.fromEntries(kinds.map(([kind]) => [kind, {}]));
}

function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
