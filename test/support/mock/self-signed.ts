/**
 * A certificate that vouches for itself, and its private key: for a server of the tests, and good for nothing else. The key is
 * public with this file, on purpose; nobody has ever trusted it.
 */

export const SELF_SIGNED_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfjCCASOgAwIBAgIBATAKBggqhkjOPQQDAjAmMSQwIgYDVQQDDBtzZWxmLXNp
Z25lZCwgZm9yIHRlc3RzIG9ubHkwIBcNMDAwMTAxMDAwMDAwWhgPMjA5OTEyMzEy
MzU5NTlaMCYxJDAiBgNVBAMMG3NlbGYtc2lnbmVkLCBmb3IgdGVzdHMgb25seTBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABIlG1HJV5vaCni2y6KAuexOxsAmc1dkd
Ux5dVRb9wR1Eg2+EaMDHXFWw+QAnrjELLMeyJJj5kqjJ0hgF3KozZy2jQDA+MA8G
A1UdEQQIMAaHBH8AAAEwDAYDVR0TAQH/BAIwADAdBgNVHQ4EFgQU2y81SotKM32p
zpJWFzFaGc9jKhswCgYIKoZIzj0EAwIDSQAwRgIhAOlUXRuLH8aX72MTszCnqS/k
ibXh3f2s+RJkH5uS+KVFAiEApU74vPvy0A7zIxnSw5FaBmideXWM/IqHcTDXDCXp
4tE=
-----END CERTIFICATE-----
`;

export const SELF_SIGNED_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgo1sxv6AVZVl5tcg+
eyY6MNb4KJMU7G87eVnubPZRH2+hRANCAASJRtRyVeb2gp4tsuigLnsTsbAJnNXZ
HVMeXVUW/cEdRINvhGjAx1xVsPkAJ64xCyzHsiSY+ZKoydIYBdyqM2ct
-----END PRIVATE KEY-----
`;
