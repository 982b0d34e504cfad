import { describe } from 'node:test';
import { matrix } from './matrix.ts';
import { itHoldsFor } from './try-out.ts';

describe('a fault of another service before the ramdisk calls back, or after all is done', () => {
  itHoldsFor(matrix.filter(({ flow }) => !['continue', 'finish', 'enroll', 'active'].includes(flow)));
});
