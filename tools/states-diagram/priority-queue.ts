/** Hands out the cheapest entry first; of two that cost the same, the one that came first. */
export class PriorityQueue<T> {
  readonly #heap: { cost: number; order: number; value: T }[] = [];
  #pushed = 0;

  push(cost: number, value: T): void {
    this.#pushed += 1;
    this.#heap.push({ cost, order: this.#pushed, value });
    let at = this.#heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || this.#heap.length === 0) return first?.value;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#heap.length);
      const next = children.reduce((best, child) => (this.#isBefore(child, best) ? child : best), at);
      if (next === at) return first.value;
      this.#swap(at, next);
      at = next;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.cost < b.cost || (a.cost === b.cost && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
