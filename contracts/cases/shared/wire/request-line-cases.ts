/** The method and the path of a request: other ones do not carry it out, and do not get around a check. */

import { type Basis, inferred, universal } from "../../../spec/basis.ts";
import type { Case } from "../../../world/case.ts";
import { described } from "../../../world/expect.ts";
import type { Draft, Reply, World } from "../../../world/world.ts";
import { caseOf, type Fixture, leavesAlone, type RequestMutation, type Scenario, succeeds } from "../../scenario.ts";
import { inBatches } from "../in-batches.ts";
import { isCarriedOut, mutatedDraft, sendAlone } from "./sending.ts";

const SAFE = universal("GET, HEAD and OPTIONS change nothing (RFC 9110, section 9.2.1).");
const OTHER_METHOD = inferred("The page shows one method. It does not say that no other method works.");
const EVERY_PATH = universal("A check holds for the request, however its path is written.");

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"] as const;
const OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE"] as const;

export function requestLineCases<S extends Fixture>(
  scenario: Scenario<S>,
  refused: RequestMutation<S>,
): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "safe-methods",
        title: "The same request with GET, HEAD or OPTIONS changes nothing, and uses nothing up",
        category: "security",
        basis: SAFE,
      },
      async (fixture) => {
        await leavesAlone(fixture, async (one) => {
          for (const method of othersThan(one, SAFE_METHODS)) await isNotCarriedOut(one, method, SAFE);
        });
        await succeeds(fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "other-methods",
        title: "The same request with another method is refused",
        category: "boundary",
        basis: OTHER_METHOD,
      },
      (fixture) => {
        const values = othersThan(fixture, OTHER_METHODS);
        return inBatches(scenario, fixture, { values, size: values.length }, (one, method) =>
          isNotCarriedOut(one, method, OTHER_METHOD),
        );
      },
    ),
    caseOf(
      scenario,
      {
        name: "other-paths",
        title: "A request that is refused is refused with a slash after the path, in upper case and in other forms too",
        category: "security",
        basis: EVERY_PATH,
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          const broken = await mutatedDraft(fixture, refused);
          for (const path of otherPaths(world.operation(draft.operation).path)) {
            const reply = await sendAlone(world, { ...broken, path }, `the path ${path}`);
            if (reply !== undefined && isCarriedOut(reply))
              record(world, reply, `a wrong request to ${path}`, EVERY_PATH);
          }
        }),
    ),
  ];
}

function othersThan<M extends string>({ world, draft }: Fixture, methods: readonly M[]): readonly M[] {
  return methods.filter((method) => method !== world.operation(draft.operation).method);
}

async function isNotCarriedOut({ world, draft }: Fixture, method: string, basis: Basis): Promise<Reply | undefined> {
  const reply = await sendAlone(world, withMethod(draft, method), `the method ${method}`);
  if (reply !== undefined && isCarriedOut(reply)) record(world, reply, `the method ${method}`, basis);
  return reply;
}

/** A request without a body has its fields in the query, where a careless server finds them. */
function withMethod({ body = {}, ...draft }: Draft, method: string): Draft {
  if (method !== "GET" && method !== "HEAD") return { ...draft, body, method };
  const fields = Object.entries(body).filter((field): field is [string, string] => typeof field[1] === "string");
  return { ...draft, body: undefined, method, query: Object.fromEntries(fields) };
}

function record(world: World, reply: Reply, what: string, basis: Basis): void {
  world.violate(`response to ${what}`, "a refusal", described(reply), { basis, exchange: reply.exchange });
}

/** Forms that some routers read as the same path, and some filters do not. */
function otherPaths(path: string): readonly string[] {
  return [
    `${path}/`,
    `/${path}`,
    path.replace(/\/(?=[^/]*$)/, "//"),
    path.toUpperCase(),
    `${path.slice(0, -1)}${encoded(path.at(-1) ?? "")}`,
    `${path};v=1`,
    `${path}%20`,
    `${path}%00`,
    `${path}.json`,
  ];
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
