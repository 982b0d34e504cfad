/**
 * `npm run complete-lock`, after every `npm install <package>`: adds to package-lock.json the optional
 * dependencies that npm left out.
 *
 * A registry mirror may carry the platforms of its own users only. `npm install` then drops the other platforms
 * from the lock file without a word, and `npm ci` refuses that file, everywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { completed, type LockFile } from './lock-file.ts';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
const complete = completed(lock);
const added = Object.keys(complete.packages).length - Object.keys(lock.packages).length;
if (added > 0) writeFileSync('package-lock.json', `${JSON.stringify(complete, null, 2)}\n`);
console.log(`package-lock.json: ${added} optional dependencies added.`);
