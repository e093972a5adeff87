/** All stories, in the order of their last operations. */
import type { Case } from "../../world/case.ts";
import { changedByTheOtherSystem, knownToBothSystems, takenMeanwhile } from "./both-systems.ts";
import { codeAgain } from "./code-again.ts";
import { forgottenPassword } from "./forgotten-password.ts";
import { newAddress } from "./new-address.ts";
import { newNumber } from "./new-number.ts";
import { newPassword } from "./new-password.ts";
import { newPhone } from "./new-phone.ts";
import { signedInByCode } from "./signed-in-by-code.ts";

export const flowCases: readonly Case[] = [
  newNumber,
  signedInByCode,
  codeAgain,
  newAddress,
  newPassword,
  forgottenPassword,
  newPhone,
  knownToBothSystems,
  changedByTheOtherSystem,
  takenMeanwhile,
];
