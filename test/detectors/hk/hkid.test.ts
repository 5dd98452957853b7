import hkid from '../../../detectors/hk/hkid.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';

acceptDetector(hkid);
