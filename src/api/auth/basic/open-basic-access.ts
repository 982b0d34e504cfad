import { randomBytes } from 'node:crypto';
import type { Logger } from '../../../logging/logger.ts';
import type { Access } from '../access.ts';
import { basicAccess } from './basic-access.ts';
import { passwordCheck } from './password-check.ts';
import { checkPasswordFile, passwordFile } from './password-file.ts';

/** What access by passwords is made from. */
export interface OpenBasicParts {
  /** The file of users. */
  readonly path: string;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Access by passwords. @throws InspectorError `invalid` for a file that cannot be used. */
export async function openBasicAccess({ path, now, log }: OpenBasicParts): Promise<Access> {
  await checkPasswordFile(path);
  // A native part, which only this strategy needs.
  const { verify } = await import('@node-rs/bcrypt');
  const isRight = passwordCheck({
    verify: (password, digest) => verify(password, digest),
    now,
    key: randomBytes(32),
  });
  return basicAccess({ file: passwordFile(path), isRight, log });
}
