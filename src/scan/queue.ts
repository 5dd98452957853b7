/** Many producers, one puller: what the parallel parts of a scan say, in order. */
export interface EventQueue<T> {
  push(event: T): void;
  /** Ends the iteration once everything pushed was taken; an error ends it by throwing. */
  end(error?: unknown): void;
  events(): AsyncGenerator<T, void, void>;
}

export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let wake: (() => void) | null = null;
  let ended = false;
  let failure: unknown;
  const ring = (): void => {
    wake?.();
    wake = null;
  };
  return {
    push(event) {
      waiting.push(event);
      ring();
    },
    end(error) {
      ended = true;
      failure = error;
      ring();
    },
    async *events() {
      for (;;) {
        while (waiting.length > 0) {
          const event = waiting.shift();
          if (event !== undefined) yield event;
        }
        if (failure !== undefined) throw failure;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
