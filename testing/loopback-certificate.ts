/**
 * A certificate for `localhost` and 127.0.0.1 that signs itself, valid from 2020 to 2120, with its key. For servers
 * that a test starts on the loopback; it protects nothing.
 */
export const loopbackCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgk1VrikdjWnigUuvh
9t8nmNuItso3cn/AA6y0Ng+tt1qhRANCAARhXnNdjFCtVgEnSZvv3xNkGljF4UNy
s578hSKJFIkw/vrYNbZlIUuxRTL4yUe4jHYaVnToLelKVfM8EAqLqBGu
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGFec12MUK1WASdJ
m+/fE2QaWMXhQ3KznvyFIokUiTD++tg1tmUhS7FFMvjJR7iMdhpWdOgt6UpV8zwQ
CouoEa6jTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
hwR/AAABMB0GA1UdDgQWBBSgSCh+7/ffj2KEvW7wfz8QfA9LxzAKBggqhkjOPQQD
AgNIADBFAiByWQwUBa/oFNeOjwNEX/d7WelxujhfUkwFEQSi+GZpaQIhALyWvTPu
saVNcxliFI9iBGmruByqITHF/72LzgtNype5
-----END CERTIFICATE-----`,
} as const;
