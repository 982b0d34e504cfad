import { FakeFilterDriver, fakeFilterState } from '../../testing/fake-filter-driver.ts';
import { filterDriverContract } from '../../testing/filter-driver-contract.ts';

filterDriverContract('fake', () => {
  const inForce = fakeFilterState();
  let current: FakeFilterDriver | undefined;
  return {
    make: () => (current = new FakeFilterDriver(inForce)),
    answers: (mac) => new FakeFilterDriver(inForce).answers(mac),
    damage() {
      inForce.mode = 'deny-list';
      inForce.allowed.clear();
      inForce.denied.clear();
    },
    failNext() {
      if (current !== undefined) current.failures = 1;
    },
  };
});
