import type { Request } from 'express';

/** Whether a request comes from this very machine, and not from elsewhere through a proxy on it. */
export function isFromThisMachine({ socket, headers }: Request): boolean {
  const { remoteAddress, localAddress } = socket; // of a connection inside this machine both are the same
  const isHere = remoteAddress !== undefined && remoteAddress === localAddress;
  return isHere && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
}
