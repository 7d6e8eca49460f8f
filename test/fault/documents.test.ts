import { test } from '@jest/globals';
import { killOften } from './documents-kills.ts';

test('what was acknowledged survives kill -9, three hundred times', () => killOften(300), 3_600_000);
