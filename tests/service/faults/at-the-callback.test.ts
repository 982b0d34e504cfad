// Shows these lines of docs/compatibility.md: processing-waits, enroll-no-orphans, ironic-foreign-404.
import { describe } from 'node:test';
import { matrix } from './matrix.ts';
import { itHoldsFor } from './try-out.ts';

describe('a fault of another service when the ramdisk calls back', () => {
  itHoldsFor(matrix.filter(({ flow }) => ['continue', 'finish', 'enroll', 'active'].includes(flow)));
});
