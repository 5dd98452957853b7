/** The differential table on the stand-in; `npm run test:servers` runs the same on every real server. */
import { differ } from '../../servers/differ.ts';

differ('stand-in');
