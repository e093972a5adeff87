/** What every operation must survive: other methods and paths, broken bodies, odd headers. */
import type { Case } from "../../../world/case.ts";
import type { Fixture, RequestMutation, Scenario } from "../../scenario.ts";
import { bodyCases, type Fields } from "./body-cases.ts";
import { headerValueCases } from "./header-value-cases.ts";
import { requestLineCases } from "./request-line-cases.ts";

export interface Wire<S extends Fixture> {
  /** A mistake that must be refused, whatever else the request has. */
  readonly refused: RequestMutation<S>;
  /** The header that names the application. */
  readonly clientHeader: string;
  /** undefined for an operation without a body. */
  readonly fields: Fields | undefined;
}

export function wireCases<S extends Fixture>(
  scenario: Scenario<S>,
  { refused, clientHeader, fields }: Wire<S>,
): readonly Case[] {
  return [
    ...requestLineCases(scenario, refused),
    ...headerValueCases(scenario, refused, clientHeader),
    ...(fields === undefined ? [] : bodyCases(scenario, fields)),
  ];
}
