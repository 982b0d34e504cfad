/** `npm run genfaults`: writes the table of faults and what comes of them into the documentation. */
import { writeFileSync } from 'node:fs';
import { faultsDocument, faultsPath } from '../tests/service/faults/document.ts';

writeFileSync(new URL(`../${faultsPath}`, import.meta.url), faultsDocument());
console.log(`wrote ${faultsPath}`);
