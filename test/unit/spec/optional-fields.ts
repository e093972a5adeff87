/** The schemas with optional fields, and why: their documents call the fields optional. Written by hand. */

interface Exception {
  readonly required: readonly string[];
  readonly why: string;
}

/** Every success has these two and, in every sample, a requestId that its table lists under failures. */
const SUCCESS = ["statusCode", "message"];
const REQUEST_ID = "the pages say that requestId comes with failures, and show it with successes";

/** By name under components.schemas. */
export const exceptions: Readonly<Record<string, Exception>> = {
  GenauthRefusal: {
    required: SUCCESS,
    why: "page error-code: apiCode only with a business meaning; no requestId in one sample",
  },
  GenauthDone: { required: SUCCESS, why: REQUEST_ID },
  GenauthVerified: { required: [...SUCCESS, "data"], why: REQUEST_ID },
  GenauthUpdated: { required: SUCCESS, why: `${REQUEST_ID}; the page has no data, the SDK's type {success}` },
  GenauthProfile: { required: [...SUCCESS, "data"], why: REQUEST_ID },
  GenauthUser: {
    required: [
      ...["userId", "createdAt", "updatedAt", "status", "workStatus", "gender"],
      ...["emailVerified", "phoneVerified", "userSourceType"],
    ],
    why: "the SDK's UserDto: all others are optional there",
  },
  GenauthSendSmsRequest: { required: ["channel", "phoneNumber"], why: "no country code is needed in mainland China" },
  GenauthPhonePassCodePayload: {
    required: ["newPhoneNumber", "newPhonePassCode"],
    why: "the same, and the old number is a matter of the setting verifyOldPhone",
  },
};
