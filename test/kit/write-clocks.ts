/** Writes docs/clocks.md anew from the rules. */
import { writeFileSync } from 'node:fs';
import { clocksPage } from '../../src/campaign/clockspage.ts';

writeFileSync(new URL('../../docs/clocks.md', import.meta.url), clocksPage());
