/** Bugs that the other lists leave out, so that every case notices at least one bug. */
import type { Mutant } from "./mutant.ts";

const UPDATE_MOBILE = "dialects/bamboocloud/update-mobile.ts";

export const moreMutants: readonly Mutant[] = [
  {
    name: "the new number may have any number of digits",
    file: "core/mobile.ts",
    find: "national: /^1\\d{10}$/, home: true",
    put: "national: /^\\d+$/, home: true",
    kills: ["updateMobile/malformed-number-with-its-code"],
  },
  {
    name: "the number is changed with a code of the binding channel",
    file: UPDATE_MOBILE,
    find: "UPDATE_MOBILE_SMS",
    put: "BIND_MOBILE_SMS",
    kills: ["updateMobile/success"],
  },
];
