import { organisations, type Person } from './content.ts';
import type { Ledger } from './ledger.ts';

/** Accounts and resources, as JSON for programs or as tables for people. */
export function report({ people, resources }: Ledger, isForPrograms: boolean): string {
  const accounts = organisations.flatMap((organisation) =>
    organisation.people.flatMap((person) => {
      const account = people[person.key];
      if (!account) return [];
      const { email, password } = account;
      return [
        { email, password, role: foremost(person), organisation: organisation.name, name: person.name },
      ];
    }),
  );
  const all = Object.values(resources);
  const listed = [
    ...all.filter(({ state }) => state === 'published'),
    ...all.filter(({ state }) => state !== 'published'),
  ];
  if (isForPrograms) return `${JSON.stringify({ accounts, resources: listed }, null, 2)}\n`;
  const lines = accounts.map(
    ({ email, password, role, organisation, name }) =>
      `${role.padEnd(20)}${email.padEnd(24)}${password.padEnd(20)}${name}　${organisation}`,
  );
  return `${lines.join('\n')}\n\n${listed.length} resources, ${accounts.length} members of ${organisations.length} organisations\n`;
}

/** The role that a person would be asked for. */
function foremost({ roles, groupRoles }: Person): string {
  return (
    groupRoles[0] ?? (roles.includes('organisation-admin') ? 'organisation-admin' : (roles[0] ?? 'teacher'))
  );
}
