/** All views by their names. */
import type { ViewName } from "../app/address.ts";
import type { Session, View } from "../app/session.ts";
import { accounts } from "./accounts.ts";
import { catalogue } from "./catalogue.ts";
import { faults } from "./faults.ts";
import { inbox } from "./inbox.ts";
import { journal } from "./journal.ts";
import { policy } from "./policy.ts";
import { sandboxes } from "./sandboxes.ts";

export const views: Readonly<Record<ViewName, (session: Session) => View>> = {
  inbox,
  journal,
  accounts,
  faults,
  catalogue,
  policy,
  sandboxes,
};
