/** Simultaneous requests. */
import { described, expectSomeRefusal } from "../../world/expect.ts";
import type { Draft, World } from "../../world/world.ts";

/** Sends all requests at once. Exactly one may succeed, and the others must be refused as documented. */
export async function oneSucceeds(world: World, drafts: readonly Draft[]): Promise<void> {
  await winnerOf(world, drafts);
}

/** The same; returns the index of the success, or undefined unless there is exactly one. */
export async function winnerOf(world: World, drafts: readonly Draft[]): Promise<number | undefined> {
  const replies = await Promise.all(drafts.map((draft) => world.send(draft)));
  const winners = replies.filter(({ succeeded }) => succeeded);
  const responses = replies.map(described).join("; ");
  world.expect(winners.length === 1, `${drafts.length} simultaneous requests`, "one success", responses);
  for (const reply of replies) {
    if (!reply.succeeded) expectSomeRefusal(world, reply, "a request that came second");
  }
  return winners.length === 1 ? replies.findIndex(({ succeeded }) => succeeded) : undefined;
}
