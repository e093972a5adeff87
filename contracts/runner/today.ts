/** The only place of the suite that reads the date, because known failures expire. */

/** Such as `2026-11-21`, in UTC. */
export function today(): string {
  // biome-ignore lint/style/noRestrictedGlobals: the one place where real time enters
  return new Date().toISOString().slice(0, 10);
}
