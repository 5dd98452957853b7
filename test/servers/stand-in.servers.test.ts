import { differ } from './differ.ts';

differ('stand-in');
