/** A target function that cannot do a specific request blocks the case; any other exception is an error. */
import { expect, test } from "vitest";
import { controlTarget, NotOffered, type Target } from "../../../contracts/index.ts";
import { openRun } from "../../../contracts/runner/run.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { createMock } from "../../../mocks/index.ts";

const CASE = "updateMobile/id-token-expired";

async function outcomeWhere(issueTokens: (input: { readonly expiresIn?: number }) => Error | undefined) {
  const mock = createMock();
  const bound = await controlTarget({ baseUrl: "http://ciam.test", fetch: (url, init) => mock.fetch(url, init) });
  const { openSandbox: _, ...alone } = bound;
  const target: Target = {
    ...alone,
    async issueTokens(id, input) {
      const error = issueTokens(input);
      if (error !== undefined) throw error;
      return bound.issueTokens?.(id, input) as ReturnType<NonNullable<Target["issueTokens"]>>;
    },
  };
  const run = await openRun(packagedSpec(), target, { seed: "offered", only: [CASE] });
  const [entry] = run.entries;
  return entry === undefined ? undefined : run.outcome(entry.case);
}

const expired = ({ expiresIn = 1 }) => expiresIn <= 0;

test("a case whose expired token is not offered is blocked with that reason", async () => {
  const result = await outcomeWhere((input) => (expired(input) ? new NotOffered("no expired tokens here") : undefined));
  expect(result).toMatchObject({ outcome: "blocked", reason: "no expired tokens here", violations: [] });
});

test("NotOffered is recognised by its name, because a target may have another copy of the class", async () => {
  const other = Object.assign(new Error("not here"), { name: "NotOffered" });
  expect(await outcomeWhere((input) => (expired(input) ? other : undefined))).toMatchObject({ outcome: "blocked" });
});

test("any other exception of the function is an error", async () => {
  const result = await outcomeWhere((input) => (expired(input) ? new Error("disk full") : undefined));
  expect(result).toMatchObject({ outcome: "error", reason: "disk full" });
});

test("with a token that is offered the case passes", async () => {
  expect(await outcomeWhere(() => undefined)).toMatchObject({ outcome: "passed" });
});
