import phone from '../../../detectors/intl/phone.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';

acceptDetector(phone);
