/** Every endpoint of this room, for the client and the tests. */
export * from './group/contract.ts';
export * from './invitations/contract.ts';
export * from './me/contract.ts';
export * from './organisations/contract.ts';
export * from './people/contract.ts';
export * from './set-up/contract.ts';
export * from './sign-in/contract.ts';
