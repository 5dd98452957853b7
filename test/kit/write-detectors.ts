/** Writes docs/detectors.md from the detectors: `npm run -s docs:detectors`. */
import { writeFileSync } from 'node:fs';
import { loadDetectors } from '../../detectors/registry.ts';
import { detectorsPage } from '../../src/cli/detectorspage.ts';

const page = new URL('../../docs/detectors.md', import.meta.url);
writeFileSync(page, detectorsPage(await loadDetectors()));
