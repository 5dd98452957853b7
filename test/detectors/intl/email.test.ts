import email from '../../../detectors/intl/email.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';

acceptDetector(email);
