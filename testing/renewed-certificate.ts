/**
 * Another certificate like `loopbackCertificate`, with another key and the serial number 2: what an operator puts in
 * its place when the first one gets old. Valid for a century; it protects nothing.
 */
export const renewedCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6w/oQexEFPte3DvE
5a/QNiioHovHhN58kpfyBy0HemGhRANCAAT57/3AWsH5YRdC6lpJThj68EiGyDf3
q16GvOUbus6+jOK7/QSvWoSIsl0MViGu21J16RzI6nt/hvJ4ifB4QW9g
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBiTCCAS6gAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjYxMTIyMjA0MjU4WhgPMjEyNjEwMjkyMDQyNThaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPnv/cBawflhF0Lq
WklOGPrwSIbIN/erXoa85Ru6zr6M4rv9BK9ahIiyXQxWIa7bUnXpHMjqe3+G8niJ
8HhBb2CjbzBtMB0GA1UdDgQWBBSxmcu8rm/6/OW9k1Kus/WXZ9rAtDAfBgNVHSME
GDAWgBSxmcu8rm/6/OW9k1Kus/WXZ9rAtDAPBgNVHRMBAf8EBTADAQH/MBoGA1Ud
EQQTMBGCCWxvY2FsaG9zdIcEfwAAATAKBggqhkjOPQQDAgNJADBGAiEAh6H9C4xW
x5IwOA/YEinIIQE3774O5oMdC7URDL7CgWUCIQDuLKxOobTyIwR4bY33Qbk95g45
Zzty6LcYcdaQJ+w+KQ==
-----END CERTIFICATE-----`,
} as const;
