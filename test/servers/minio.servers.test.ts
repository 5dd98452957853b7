import { asked } from './asked.ts';
import { differ } from './differ.ts';

differ('minio', asked('minio'));
