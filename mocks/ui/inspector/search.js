/** Whether something that is shown fits what a person searches for. */

/**
 * @param {readonly (string | null)[]} values
 * @param {string} text
 */
export function contains(values, text) {
  return values.some((value) => value?.toLowerCase().includes(text));
}
