import { asked } from './asked.ts';
import { differ } from './differ.ts';

differ('versitygw', asked('versitygw'));
