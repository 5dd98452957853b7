/**
 * Loaded before a command (`node --import`): its clock runs AJAR_TEST_DAYS days ahead, so that a week
 * can be played. Only the calendar moves; timers and waiting take their real time.
 */
const ahead = Number(process.env.AJAR_TEST_DAYS ?? '0') * 86_400_000;

if (ahead !== 0) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(Real.now() + ahead);
      else super(...given);
    }

    static now() {
      return Real.now() + ahead;
    }
  };
}
