/** The text of a message: the receiver reads it, so it has the code, in the language of the request. */

import { inferred, universal } from "../../spec/basis.ts";
import type { ReadCode } from "../../target/target.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import type { Language } from "../../world/expect-text.ts";
import { NotApplicable, NotArranged } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import type { LimitedFixture } from "./send-limits.ts";

export interface TextFixture extends LimitedFixture {
  readonly to: string;
}

export function messageTextCases<S extends TextFixture>(scenario: Scenario<S>): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "message-has-the-code",
        title: "The text of a message contains its code, and no other number of the same length",
        category: "state",
        requires: ["messages"],
        basis: universal("The receiver reads the code in the message."),
      },
      async (fixture) => {
        const { text, code } = await messageIn(fixture);
        const numbers = new Set(text.match(/\d+/g)?.filter((number) => number.length === code.length));
        const isAlone = text.includes(code) && numbers.size <= 1;
        fixture.world.expect(isAlone, "text of the message", `a text with the code ${code}`, text);
      },
    ),
    caseOf(
      scenario,
      {
        name: "message-language",
        title: "The text of a message is in the language of the request",
        category: "language",
        requires: ["messages"],
        basis: inferred("No page says in which language a message is."),
      },
      async (first) => {
        for (const language of ["en", "zh"] as const) {
          const fixture = language === "en" ? first : await scenario.arrange(first.world);
          const { text } = await messageIn(fixture, language);
          const isChinese = /\p{Script=Han}/u.test(text);
          const wanted = language === "zh" ? "a Chinese text" : "a text without Chinese";
          first.world.expect(isChinese === (language === "zh"), `text of the message (${language})`, wanted, text);
        }
      },
    ),
  ];
}

type WithText = ReadCode & { readonly text: string };

async function messageIn({ world, draft, to }: TextFixture, language?: Language): Promise<WithText> {
  const { type, channel } = draft.body ?? {};
  const scene = String(type ?? channel);
  const before = await world.target.readCode?.({ to, scene, wait: 0 });
  if (!expectSuccess(world, await world.send(draft, language))) throw new NotArranged("no message was sent");
  const read = await world.target.readCode?.({ to, scene, ...(before?.id === undefined ? {} : { after: before.id }) });
  if (read === undefined) throw new NotArranged("no message arrived");
  world.secrets.add("verify_code", read.code);
  const { text } = read;
  if (text === undefined) throw new NotApplicable("the target does not show the text of its messages");
  return { ...read, text };
}
