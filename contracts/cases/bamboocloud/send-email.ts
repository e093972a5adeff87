/** POST email/send: sends a verification code to an e-mail address. */
import type { Case } from "../../world/case.ts";
import { EMAIL } from "./channels.ts";
import { sendCases } from "./send-cases.ts";

export const sendEmailCases: readonly Case[] = sendCases(EMAIL);
