/** What a response must not contain. */
import type { Reply, World } from "../../world/world.ts";

/** Shorter values occur in other text by chance. */
const SHORTEST = 4;

/** Expects that neither body nor headers contain one of these values, which have a name each. */
export function expectHidden(
  world: World,
  { body, headers, exchange }: Reply,
  hidden: Readonly<Record<string, string | undefined>>,
): void {
  const text = [body, ...Object.values(headers)].join("\n");
  for (const [what, value = ""] of Object.entries(hidden)) {
    if (value.length < SHORTEST || !isWordOf(text, value)) continue;
    world.violate("response", `a response without ${what}`, `a response with ${what}`, { exchange });
  }
}

/** Not as a part of a longer word or number. */
function isWordOf(text: string, value: string): boolean {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "v").test(text);
}
