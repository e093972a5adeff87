/** Bodies and fields that a server must survive: each is refused, and nothing leads to a server error. */

import { inferred } from "../../../spec/basis.ts";
import type { Case } from "../../../world/case.ts";
import { expectRefused } from "../../../world/expect.ts";
import type { Draft, Reply } from "../../../world/world.ts";
import type { FieldPlace } from "../../field-cases.ts";
import { withField } from "../../field-cases.ts";
import { caseOf, type Fixture, leavesAlone, type Scenario, succeeds } from "../../scenario.ts";
import { inBatches } from "../in-batches.ts";
import { brokenBodies, type Encoded, otherEncodings } from "./raw-bodies.ts";
import { onConnectionOfItsOwn, sendAlone, sendLarge, sendOdd } from "./sending.ts";

export interface Fields {
  /** The fields of the request; by default those of its body. */
  readonly of?: (draft: Draft) => readonly string[];
  readonly put?: FieldPlace;
  /** Fields without a documented rule: any text may be right for them. */
  readonly free?: readonly string[];
}

export function bodyCases<S extends Fixture>(scenario: Scenario<S>, fields: Fields): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "broken-bodies",
        title: "A body that is empty, broken, no object, very deep or very large is refused",
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          for (const [what, rawBody] of Object.entries(brokenBodies(draft.body ?? {}))) {
            const reply = await sendAlone(world, { ...draft, rawBody }, what);
            if (reply !== undefined) expectRefused(world, reply, what);
          }
          const large = await sendLarge(world, { ...draft, rawBody: `{"x":"${"x".repeat(MEBIBYTE)}"}` });
          if (large !== undefined) expectRefused(world, large, "a body of one MiB");
        }),
    ),
    caseOf(
      scenario,
      {
        name: "other-encodings",
        title: "A body in another format or encoding, without the fields of the request, is refused",
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          for (const [what, encoded] of Object.entries(otherEncodings)) {
            const reply = await sendAlone(world, inEncoding(draft, encoded), what);
            if (reply !== undefined) expectRefused(world, reply, what);
          }
        }),
    ),
    caseOf(
      scenario,
      {
        name: "content-type-with-charset",
        title: 'A valid request with "application/json; charset=utf-8" is accepted',
        category: "boundary",
        basis: inferred("The page shows application/json. Some clients add the charset."),
      },
      (fixture) => {
        const { draft } = fixture;
        const headers = { ...draft.headers, "content-type": "application/json; charset=utf-8" };
        return succeeds({ ...fixture, draft: { ...draft, headers } });
      },
    ),
    caseOf(
      scenario,
      {
        name: "chunked-body",
        title: "A valid request whose body comes in chunks, without a content length, is accepted",
        category: "boundary",
        basis: inferred("HTTP/1.1 requires it (RFC 9112, section 7.1). A gateway may do it for the server."),
      },
      (fixture) => succeeds({ ...fixture, draft: { ...onConnectionOfItsOwn(fixture.draft), chunked: true } }),
    ),
    caseOf(
      scenario,
      {
        name: "hostile-fields",
        title: "A field with a control character, half a surrogate pair, a pattern or a deep object is refused",
        category: "boundary",
      },
      (fixture) => hostileFieldsAreRefused(scenario, fixture, fields),
    ),
  ];
}

const MEBIBYTE = 1_048_576;

function inEncoding(draft: Draft, { contentType, contentEncoding, rawBody }: Encoded): Draft {
  const { "content-type": _, ...others } = draft.headers;
  const headers = {
    ...others,
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...(contentEncoding === undefined ? {} : { "content-encoding": contentEncoding }),
  };
  return { ...draft, headers, rawBody };
}

const LEVELS = 2_000;

/** Texts that cannot be encoded or stored everywhere. A success with one of them costs a new fixture. */
const UNREADABLE: readonly unknown[] = ["\ud800", "\0"];

const HOSTILE: readonly unknown[] = [
  ...UNREADABLE,
  "😀",
  "\u202e",
  "%00",
  "%",
  "\\",
  "{{7*7}}",
  "../../../../etc/passwd",
  "' OR '1'='1",
  "x\r\nX-Injected: 1",
  "constructor",
  "__proto__",
  { $ne: null },
  -1,
  1e308,
  nested(LEVELS),
];

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

async function hostileFieldsAreRefused<S extends Fixture>(
  scenario: Scenario<S>,
  fixture: S,
  { of = ({ body = {} }) => Object.keys(body), put = withField, free = [] }: Fields,
): Promise<void> {
  const values = codesLast(of(fixture.draft)).flatMap((field) =>
    (free.includes(field) ? UNREADABLE : HOSTILE).map((value) => ({ field, value })),
  );
  await inBatches(scenario, fixture, { values, size: values.length }, async (one, { field, value }) => {
    const what = `${field}: ${typeof value === "object" ? "an object" : JSON.stringify(value)}`;
    const reply: Reply | undefined = await sendOdd(one.world, put(one.draft, field, value), what);
    if (reply === undefined || (free.includes(field) && reply.succeeded)) return reply;
    const need = typeof value !== "string" && isOptional(one, field) ? MAY_BE_LEFT_OUT : one.world.ceiling;
    expectRefused(one.world, reply, what, need);
    return reply;
  });
}

/** Whether the body may come without the field. */
function isOptional({ world, draft }: Fixture, field: string): boolean {
  return Object.hasOwn(draft.body ?? {}, field) && !world.operation(draft.operation).requiredFields.includes(field);
}

const MAY_BE_LEFT_OUT = inferred("The field is optional. No page says whether a value of another type counts as none.");

/** Wrong codes exhaust the right one. The other fields are tried while it is valid. */
function codesLast(fields: readonly string[]): readonly string[] {
  const isCode = (field: string) => /code$/i.test(field);
  return [...fields.filter((field) => !isCode(field)), ...fields.filter(isCode)];
}
