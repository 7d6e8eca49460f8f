import { randomBytes } from 'node:crypto';
import type { Config } from '../../server/config.ts';
import { requestOf } from '../../server/http/contract.ts';
import {
  acceptInvitation,
  addMember,
  createOrganisation,
  editMember,
  signIn,
} from '../../server/members/contract.ts';
import { type Caller, callerOf, cookieOf } from '../instance/caller.ts';
import type { Instance } from '../instance/with-instance.ts';
import { arrange } from './arrange.ts';
import { type Organisation, organisations } from './content.ts';
import { type Ledger, readLedger, writeLedger } from './ledger.ts';
import { plan } from './plan.ts';
import { produce } from './produce.ts';
import type { Stage } from './stage.ts';

/** Fills an instance with the group of the data files, through the API, as its people would. */
export async function fill(instance: Instance, config: Config, say: (line: string) => void): Promise<Ledger> {
  const ledger = await readLedger(config.DATA_DIR);
  const operatorHeaders = { Authorization: `Bearer ${instance.token}` };
  const operator = callerOf(instance.address, operatorHeaders);
  const signedIn = new Map<string, Promise<Caller>>();
  const stage: Stage = {
    ledger,
    operator,
    say,
    save: () => writeLedger(config.DATA_DIR, ledger),
    as({ key }) {
      const account = ledger.people[key];
      if (!account) throw new Error(`${key} has no account yet`);
      const { email, password } = account;
      const known = signedIn.get(key) ?? session(instance, operator, email, password);
      signedIn.set(key, known);
      return known;
    },
    async once(key, work) {
      if (ledger.done.includes(key)) return;
      await work();
      ledger.done.push(key);
      await stage.save();
    },
  };
  for (const organisation of organisations) await gather(stage, organisation);
  for (const planned of plan()) await produce(stage, planned);
  await arrange(stage);
  return ledger;
}

async function session(
  instance: Instance,
  operator: Caller,
  email: string,
  password: string,
): Promise<Caller> {
  // With the operator's token beside, many sign-ins from one machine are not taken for an attack.
  const answer = await operator.send(...requestOf(signIn, { body: { email, password } }));
  return callerOf(instance.address, { Cookie: cookieOf(answer) });
}

/** Takes an organisation into the group, and its people. */
async function gather(stage: Stage, { key, people, domain, ...described }: Organisation): Promise<void> {
  const { ledger, operator } = stage;
  if (!ledger.organisations[key]) {
    stage.say(`${described.name}…`);
    ledger.organisations[key] = (await operator.call(createOrganisation, { body: described })).id;
    await stage.save();
  }
  const id = ledger.organisations[key];
  for (const person of people) {
    if (ledger.people[person.key]) continue;
    const email = `${person.key}@${domain}`;
    const password = randomBytes(12).toString('base64url');
    const { name, roles, groupRoles } = person;
    const added = await operator.call(addMember, { params: { id }, body: { name, email, roles } });
    const token = added.link.path.split(/[/#]/).at(-1) ?? '';
    await operator.call(acceptInvitation, { params: { token }, body: { name, password } });
    if (groupRoles.length > 0)
      await operator.call(editMember, { params: { id, memberId: added.member.id }, body: { groupRoles } });
    ledger.people[person.key] = { id: added.member.id, email, password };
    await stage.save();
  }
}
