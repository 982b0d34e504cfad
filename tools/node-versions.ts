/** The newest release of each Node line that `engines` allows; `npm run test:nodes` runs the tests on them. */
export const testedNodeVersions = ['22.23.3', '24.21.0', '26.10.0'] as const;
