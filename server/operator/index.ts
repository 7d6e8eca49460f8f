import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'express';
import type { Member } from '../access/index.ts';
import { type Authenticate, isFromThisMachine } from '../http/index.ts';

/** Where scripts on the same machine find the running instance and what lets them in. */
export const instanceFile = (dataDir: string) => join(dataDir, 'instance.json');

/**
 * Whoever runs the product on this machine: scripts that may read DATA_DIR act as a group administrator of this
 * name. Such a person could change the database itself; through this door they keep the rules.
 */
const operator: Member = { id: 'operator', name: 'operator', organisation: '', roles: ['group-admin'] };

export interface OperatorDoor {
  /** Lets the operator's token in, from this machine only; everybody else is asked as before. */
  authenticate: Authenticate;
  /** Writes where the instance is and the token of this run, readable by the owner alone. */
  open(address: string): Promise<void>;
  close(): Promise<void>;
}

export function createOperatorDoor(dataDir: string, others: Authenticate): OperatorDoor {
  const token = randomBytes(32).toString('base64url');
  const expected = Buffer.from(`Bearer ${token}`);
  return {
    authenticate: async (req) => (isOperator(req, expected) ? operator : others(req)),
    async open(address) {
      await rm(instanceFile(dataDir), { force: true });
      const instance = JSON.stringify({ address, token, process: process.pid });
      await writeFile(instanceFile(dataDir), instance, { mode: 0o600 });
    },
    close: () => rm(instanceFile(dataDir), { force: true }),
  };
}

function isOperator(req: Request, expected: Buffer): boolean {
  const given = Buffer.from(req.headers.authorization ?? '');
  return isFromThisMachine(req) && given.length === expected.length && timingSafeEqual(given, expected);
}
