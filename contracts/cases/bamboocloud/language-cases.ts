/** The language of a refusal. The check cases cover both languages; these cases cover other values of X-L. */
import type { Case } from "../../world/case.ts";
import { expectRefusal } from "../../world/expect.ts";
import { withHeader } from "../field-cases.ts";
import { caseOf, eachRenewed, type Fixture, leavesAlone, type Scenario } from "../scenario.ts";

const AT_ONCE = 20;

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
      (fixture) => toldInEither(scenario, fixture, [undefined]),
    ),
    caseOf(
      scenario,
      {
        name: "language-unknown",
        title: "A refusal with an unknown X-L language is in English or Chinese",
        category: "language",
      },
      (fixture) => toldInEither(scenario, fixture, ["fr", "tlh", "*", "e n", ";q=1"]),
    ),
    caseOf(
      scenario,
      {
        name: "languages-at-once",
        title: "Simultaneous refusals in two languages do not mix",
        category: "concurrency",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          const languages = Array.from({ length: AT_ONCE }, (_, index) => (index % 2 === 0 ? "en" : "zh"));
          const stranger = withHeader(draft, "X-client-id", world.random.letters(32));
          const replies = await Promise.all(languages.map((language) => world.send(stranger, language)));
          for (const [index, language] of languages.entries()) {
            const reply = replies[index];
            if (reply !== undefined) expectRefusal(world, reply, CHECK, language);
          }
        }),
    ),
  ];
}

function toldInEither<S extends Fixture>(
  scenario: Scenario<S>,
  fixture: S,
  languages: readonly (string | undefined)[],
): Promise<void> {
  return eachRenewed(scenario, fixture, languages, async ({ world, draft }, language) => {
    const stranger = withHeader(draft, "X-client-id", world.random.letters(32));
    expectRefusal(world, await world.send(stranger, language), CHECK, "either");
  });
}
