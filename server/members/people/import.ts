import { assertCan, findFor, type Member } from '../../access/index.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { addMembers } from './add.ts';
import { PersonModel } from './model.ts';
import { type RowFault, readTable } from './table.ts';

/** So many rows of a table are enough to see that its columns were understood. */
const mostShown = 50;

/**
 * Adds the members that a table names: all of them or, when one cell is wrong, none. A dry run only looks.
 * @throws notFound, forbidden, csvUnreadable
 */
export async function importMembers(
  member: Member,
  organisation: string,
  { text, dryRun, now }: { text: string; dryRun: boolean; now: Date },
) {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  assertCan(member, 'import', 'person', { organisation });
  const { rows, faults, headingOf } = readTable(text);
  const known = await PersonModel.find({ email: { $in: rows.map(({ email }) => email) } }, 'email').lean();
  const taken = new Set(known.map(({ email }) => email));
  const all: RowFault[] = [
    ...faults,
    ...rows
      .filter(({ email }) => taken.has(email))
      .map(
        ({ row, email }) =>
          ({ row, column: 'email', heading: headingOf('email'), fault: 'taken', value: email }) as const,
      ),
  ].sort((a, b) => a.row - b.row);
  const added =
    dryRun || all.length > 0
      ? []
      : await addMembers(
          member,
          organisation,
          rows.map(({ name, email, roles }) => ({ name, email, roles })),
          now,
        );
  return {
    rows: new Set([...rows, ...faults].map(({ row }) => row)).size,
    people: all.length > 0 ? [] : rows.slice(0, mostShown).map((row) => ({ ...row, roles: [...row.roles] })),
    added,
    faults: all,
  };
}
