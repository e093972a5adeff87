/** Cases about methods, paths, headers and bytes. An adapter that reads requests with a server or a worker of its own answers them itself. */
import { allCases } from "../../../contracts/all-cases.ts";

export const WIRE_CASES: readonly string[] = [
  "ambiguous-fields",
  "broken-bodies",
  "chunked-body",
  "content-type-with-charset",
  "hostile-fields",
  "near-client-ids",
  "odd-headers",
  "other-encodings",
  "other-methods",
  "other-paths",
  "repeated-headers",
  "safe-methods",
];

/** The ids of all cases but those with these names. */
export function casesWithout(names: readonly string[]): readonly string[] {
  return allCases.map(({ id }) => id).filter((id) => !names.some((name) => id.endsWith(`/${name}`)));
}
