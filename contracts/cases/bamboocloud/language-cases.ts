/** The language of a refusal. The check cases cover both languages; these cases cover other values of X-L. */
import type { Case } from "../../world/case.ts";
import { expectRefusal } from "../../world/expect.ts";
import { withHeader } from "../field-cases.ts";
import { caseOf, type Fixture, leavesAlone, type Scenario } from "../scenario.ts";

/** Every document page shows the texts of this check in both languages. */
const CHECK = "client-unknown";

export function languageCases<S extends Fixture>(scenario: Scenario<S>): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "language-not-told",
        title: "A refusal without an X-L header is in English or Chinese",
        category: "language",
      },
      (fixture) => toldInEither(fixture, [undefined]),
    ),
    caseOf(
      scenario,
      {
        name: "language-unknown",
        title: "A refusal with an unknown X-L language is in English or Chinese",
        category: "language",
      },
      (fixture) => toldInEither(fixture, ["fr", "tlh", "*", "e n", ";q=1"]),
    ),
  ];
}

function toldInEither(fixture: Fixture, languages: readonly (string | undefined)[]): Promise<void> {
  return leavesAlone(fixture, async ({ world, draft }) => {
    const stranger = withHeader(draft, "X-client-id", world.random.letters(32));
    for (const language of languages) expectRefusal(world, await world.send(stranger, language), CHECK, "either");
  });
}
