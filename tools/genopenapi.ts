/** `npm run genopenapi`: writes the OpenAPI document that a service serves into the documentation. */
import { writeFileSync } from 'node:fs';
import { servedOpenapi } from '../testing/served-openapi.ts';

const path = 'docs/reference/openapi.json';
writeFileSync(
  new URL(`../${path}`, import.meta.url),
  `${JSON.stringify(await servedOpenapi(), undefined, 2)}\n`,
);
console.log(`wrote ${path}`);
