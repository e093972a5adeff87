/** The messages to a receiver for a scene. Skipped if the target has no messages to show. */
import type { ReadCode } from "../../target/target.ts";
import type { World } from "../../world/world.ts";

export interface Inbox {
  /** Expects exactly one new message since the last look; returns its code. */
  getsOne(): Promise<string | undefined>;
  /** Records any new message since the last look. */
  getsNothing(): Promise<void>;
}

export async function inboxOf(world: World, to: string, scene: string): Promise<Inbox> {
  const isUnique = world.target.codeSemantics !== "fixed";
  /** The receiver may have messages from an earlier run. */
  let last = await world.target.readCode?.({ to, scene, wait: 0 });

  const look = (options: { readonly wait?: number } = {}) => {
    const after = last?.id === undefined ? {} : { after: last.id };
    return world.target.readCode?.({ to, scene, ...after, ...options });
  };
  const isAsLast = (read: ReadCode) =>
    last !== undefined && (read.id === undefined ? read.code === last.code : read.id === last.id);
  /** Without message ids, a constant code looks the same in each message. */
  const cannotTell = (read: ReadCode) => last !== undefined && read.id === undefined && !isUnique;

  async function expectNothing(expected: string): Promise<void> {
    const read = await look({ wait: 0 });
    if (read === undefined || isAsLast(read) || cannotTell(read)) return;
    world.secrets.add("verify_code", read.code);
    world.violate(`messages for ${scene}`, expected, "another message");
  }

  return {
    async getsOne() {
      if (world.target.readCode === undefined) return undefined;
      const read = await look();
      if (read === undefined || (isAsLast(read) && !cannotTell(read))) {
        world.violate(`messages for ${scene}`, "one message", "none");
        return undefined;
      }
      world.secrets.add("verify_code", read.code);
      const came = countSince(last, read);
      world.expect(came === 1, `messages for ${scene}`, "one message", String(came));
      last = read;
      await expectNothing("one message");
      return read.code;
    },
    getsNothing: () => expectNothing("none"),
  };
}

/** Counts one if the target gives no ids, because its count may include earlier runs. */
function countSince(last: ReadCode | undefined, { count = 1 }: ReadCode): number {
  return last === undefined || last.id !== undefined ? count : 1;
}
