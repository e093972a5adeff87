/** Whether all codes of the target are the same, although it does not say so. */

import { CODE, missingOf, OPEN_CODE } from "../target/requirements.ts";
import { createWorld } from "../world/create-world.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { aboutCheck } from "./capability-checks.ts";

/** Two codes of four digits may be the same by chance, but not three. */
const CODES = 3;

/** False if codes differ, or if there are none. */
export async function hasOneCode(session: Session): Promise<boolean> {
  const scene = sceneOf(session);
  if (scene === undefined || !session.capabilities.has("unique-codes")) return false;
  const opened = await createWorld(session, aboutCheck("unique-codes")).catch(() => undefined);
  if (opened === undefined) return false;
  // A code that cannot be had says nothing about codes; the cases find out why.
  const codes = await someCodes(opened.world, scene).catch(() => undefined);
  await opened.close().catch(() => undefined);
  return codes?.size === 1;
}

async function someCodes(world: World, scene: string): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  for (let count = 0; count < CODES && codes.size < 2; count++) {
    const to = scene.endsWith("_EMS") ? await world.freshEmail() : await world.freshMobile();
    codes.add((await world.code({ to, scene })).code);
  }
  return codes;
}

/** A scene for which the target plants or sends codes to a receiver without an account. */
function sceneOf({ capabilities, claims }: Session): string | undefined {
  if (capabilities.has("codes")) return "UPDATE_EMAIL_EMS";
  const has = (requirement: string) => missingOf([requirement], capabilities).length === 0;
  if (has(CODE) && claims("sendEmail")) return "UPDATE_EMAIL_EMS";
  if (has(CODE) && claims("sendSms")) return "UPDATE_MOBILE_SMS";
  return has(OPEN_CODE) && claims("genauthSendSms") ? "CHANNEL_BIND_PHONE" : undefined;
}
