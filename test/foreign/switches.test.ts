/** Each variant differs from the whole backend in something that a client can see. */
import { beforeAll, expect, test } from "vitest";
import { newBackend } from "./backend.ts";
import { type Options, withOptions } from "./options.ts";
import { EVERYTHING } from "./presets.ts";
import { transcriptOf } from "./probe/transcript.ts";
import { conflict, variants } from "./variants.ts";

function transcript(options: Options): Promise<readonly string[]> {
  return transcriptOf(() => newBackend({ choices: withOptions(EVERYTHING, options) }));
}

let usual: readonly string[] = [];

beforeAll(async () => {
  usual = await transcript({});
});

test("the same backend has the same transcript twice", async () => {
  expect(await transcript({})).toEqual(usual);
});

test.each(Object.entries(variants))("%s: a client can tell, and nothing breaks", async (_name, { options }) => {
  const lines = await transcript(options);
  expect(lines.filter((line, index) => line !== usual[index]).length).toBeGreaterThan(0);
  // A gateway may say 503, and the control protocol 501.
  const isServerError = (line: string) => /: 5\d\d /.test(line) && !/\/__testkit|Try again later/.test(line);
  expect(lines.filter(isServerError)).toEqual([]);
});

test("there are at least 60 variants, each with what it does and why it may", () => {
  expect(Object.keys(variants).length).toBeGreaterThanOrEqual(60);
  for (const [name, { does, because }] of Object.entries(variants))
    expect({ name, does, because }).toEqual({
      name,
      does: expect.stringMatching(/^[A-Z].*\.$/s),
      because: expect.stringMatching(/\.$/),
    });
});

test("two variants conflict when they make the same choice", () => {
  const of = (name: string) => variants[name]?.options ?? {};
  expect(conflict(of("four digits"), of("capital letters"))).toBe(false);
  expect(conflict(of("short-lived codes"), of("no limits"))).toBe(true);
  expect(conflict(of("checks in reverse"), of("the token first"))).toBe(true);
});
