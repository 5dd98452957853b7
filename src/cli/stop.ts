/** First Ctrl-C: conclude with what is known. Second: stop at once. */
import { EXIT } from './exit.ts';

export interface Stopping {
  readonly signal: AbortSignal;
  /** Lets go of the signals. */
  done(): void;
}

export function stopOnSignal(say: (line: string) => void): Stopping {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.killed);
    say(
      'Stopping: writing the report of what is known so far. Press Ctrl-C again to stop at once.',
    );
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    done() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
