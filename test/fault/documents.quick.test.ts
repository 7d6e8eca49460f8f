import { test } from '@jest/globals';
import { killOften } from './documents-kills.ts';

test('what was acknowledged survives kill -9, five times', () => killOften(5), 120_000);
