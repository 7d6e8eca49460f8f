import { type Request, type Response, raw } from 'express';
import { actionsOn, type Member } from '../../access/index.ts';
import { handle, handleRaw, type Route } from '../../http/index.ts';
import type { Authentication } from '../authenticate.ts';
import { organisationName } from '../directory.ts';
import { addMembers } from './add.ts';
import * as contract from './contract.ts';
import { importMembers } from './import.ts';
import { namePeople } from './names.ts';
import { allMembers, asSubject, editMember, type FoundMember, listMembers, renewLink } from './service.ts';
import { decodeTable, sayFault, writeTable } from './table.ts';

function present(member: Member, found: FoundMember) {
  const { person, roles, groupRoles, hasPassword } = found;
  return {
    ...person.toObject(),
    id: person.id,
    roles,
    groupRoles,
    state: person.suspended
      ? ('suspended' as const)
      : hasPassword
        ? ('active' as const)
        : ('invited' as const),
    can: actionsOn(member, 'person', asSubject(found), ['appoint', 'entrust', 'suspend']),
  };
}

export const memberRoutes = ({ forget }: Authentication, clock: () => Date): Route[] => [
  handle(contract.listMembers, async ({ member, params, query }) => {
    const { items, ...page } = await listMembers(member, params.id, query);
    return { items: items.map((found) => present(member, found)), ...page };
  }),
  handle(contract.addMember, async ({ member, params, body }) => {
    const [added] = await addMembers(member, params.id, [body], clock());
    if (!added?.link) throw new Error('A member was added without a link');
    const { person, link } = added;
    const found = { person, organisation: params.id, roles: body.roles, groupRoles: [], hasPassword: false };
    return { member: present(member, found), link };
  }),
  handle(contract.editMember, async ({ member, params, body, ifMatch }) => {
    const edited = await editMember(member, params.id, params.memberId, body, ifMatch);
    forget();
    return present(member, edited);
  }),
  handle(contract.namePeople, async ({ member, query }) => ({
    items: await namePeople(member, { ids: query.id ?? [], q: query.q }),
  })),
  handle(contract.renewLink, ({ member, params }) => renewLink(member, params.id, params.memberId, clock())),
  handle(contract.importMembers, async ({ member, params, query, language, req, res }) => {
    const text = decodeTable(await bytesOf(req, res));
    const { rows, people, added, faults } = await importMembers(member, params.id, {
      text,
      dryRun: query.dryRun,
      now: clock(),
    });
    return {
      rows,
      people,
      added: added.flatMap(({ person, link }) =>
        link ? [{ name: person.name, email: person.email, link }] : [],
      ),
      faults: faults.map((fault) => ({ ...fault, message: sayFault(fault.fault, language) })),
    };
  }),
  handleRaw(contract.exportMembers, async ({ member, params, language, res }) => {
    const members = await allMembers(member, params.id);
    const table = writeTable(
      members.map(({ person, roles }) => ({ ...person.toObject(), roles })),
      language,
    );
    res
      .attachment(`${await organisationName(params.id)}.csv`)
      .type('text/csv')
      .send(table);
  }),
];

const readBytes = raw({ limit: '1mb', type: () => true });

/** The body of a table, as it was sent. A longer one is refused as the JSON of other endpoints is. */
async function bytesOf(req: Request, res: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    readBytes(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}
