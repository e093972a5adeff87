/** All deliberate mutants. */

import { wireMutants } from "./codec.ts";
import { commonMutants } from "./common.ts";
import { flowMutants } from "./flows.ts";
import { genauthMutants } from "./genauth.ts";
import { getCaptchaMutants } from "./get-captcha.ts";
import { loginMutants } from "./login.ts";
import { looseCodeMutants } from "./loose-codes.ts";
import { looseTokenMutants } from "./loose-tokens.ts";
import type { Mutant } from "./mutant.ts";
import { ownerMutants } from "./owners.ts";
import { passwordChangeMutants } from "./password-changes.ts";
import { passwordMutants } from "./passwords.ts";
import { moreMutants } from "./remaining.ts";
import { requestMutants } from "./requests.ts";
import { sendingMutants } from "./sending.ts";
import { sentCodeMutants } from "./sent-codes.ts";
import { setPasswordMutants } from "./set-passwords.ts";
import { updateEmailMutants } from "./update-email.ts";
import { updateMobileMutants } from "./update-mobile.ts";
import { verifyCaptchaMutants } from "./verify-captcha.ts";

export const allMutants: readonly Mutant[] = [
  ...wireMutants,
  ...commonMutants,
  ...getCaptchaMutants,
  ...verifyCaptchaMutants,
  ...sendingMutants,
  ...loginMutants,
  ...updateMobileMutants,
  ...updateEmailMutants,
  ...passwordMutants,
  ...passwordChangeMutants,
  ...flowMutants,
  ...moreMutants,
  ...genauthMutants,
  ...looseCodeMutants,
  ...looseTokenMutants,
  ...sentCodeMutants,
  ...ownerMutants,
  ...setPasswordMutants,
  ...requestMutants,
];
