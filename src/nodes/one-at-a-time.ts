/** Does work after all that was handed in before it, whether that failed or not. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue of its own: of all work that is handed to the function, one piece is done at a time. */
export function oneAtATime(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
