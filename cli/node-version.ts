/** Whether the Node that runs the command is new enough for it. Imports nothing, so that any Node can load it. */

const OLDEST = [22, 19] as const;

/** What to tell who has an older one; undefined for one that will do. */
export function tooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return `ciam-testkit needs Node ${OLDEST.join(".")} or newer, and this is ${version}`;
}
