import type { z } from 'zod';
import type { GroupRole, OrganisationRole } from '../../server/access/index.ts';
import {
  acceptInvitation,
  addMember,
  createOrganisation,
  editMember,
  getMe,
  listMembers,
  type Organisation,
  signIn,
} from '../../server/members/contract.ts';
import { type Answer, type Caller, type RunningApp, startApp } from './start-app.ts';

/** Somebody who has signed in, with what tests need to know of them. */
export interface SignedIn extends Caller {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
}

/** A running product whose group is set up. */
export interface RunningGroup extends RunningApp {
  /** The group administrator. */
  admin: SignedIn;
  visitor: Caller;
  /** Signs in anew. @throws when the answer is not 200 */
  signIn(email: string, password: string): Promise<Caller>;
  /** An organisation of its own name. */
  organisation(name?: string): Promise<z.output<typeof Organisation>>;
  /** A member with these roles (a teacher), of this organisation (a new one), who has signed in. */
  member(wanted?: Wanted): Promise<SignedIn>;
}

interface Wanted {
  roles?: OrganisationRole[];
  groupRoles?: GroupRole[];
  organisation?: string;
  name?: string;
}

const administrator = { email: 'admin@example.org', password: 'correct horse battery' };
let made = 0;

/** Starts the product with a group administrator; the rest is made through the API, as people do it. */
export async function startGroup(
  settings: Record<string, string> = {},
  place?: Parameters<typeof startApp>[1],
): Promise<RunningGroup> {
  const app = await startApp(
    { ADMIN_EMAIL: administrator.email, ADMIN_PASSWORD: administrator.password, ...settings },
    place,
  );
  const signedIn = async (email: string, password: string) => {
    const answer = must(await app.caller().call(signIn, { body: { email, password } }));
    return app.caller({ cookie: cookiesOf(answer) });
  };
  const known = async (email: string, password: string): Promise<SignedIn> => {
    const caller = await signedIn(email, password);
    const { member, organisation } = must(await caller.call(getMe)).body;
    return { ...caller, email, password, id: member?.id ?? '', organisation: organisation?.id ?? '' };
  };
  const admin = await known(administrator.email, administrator.password);

  const organisation: RunningGroup['organisation'] = async (name = `第${++made}职业学校`) =>
    must(await admin.call(createOrganisation, { body: { name, kind: 'school' } })).body;

  return {
    ...app,
    admin,
    visitor: app.caller(),
    signIn: signedIn,
    organisation,
    async member({ roles = ['teacher'], groupRoles, organisation: given, name = '王老师' }: Wanted = {}) {
      const id = given ?? (await organisation()).id;
      const email = `member-${++made}@example.org`;
      const password = `a password of ${email}`;
      const added = must(
        await admin.call(addMember, {
          params: { id },
          body: { name, email, roles },
        }),
      ).body;
      const token = added.link.path.split('/').at(-1) ?? '';
      must(await app.caller().call(acceptInvitation, { params: { token }, body: { name, password } }));
      if (groupRoles)
        must(
          await admin.call(editMember, {
            params: { id, memberId: added.member.id },
            body: { groupRoles },
          }),
        );
      return known(email, password);
    },
  };
}

/** The answer itself. @throws when it is a refusal, with what it says */
export function must<Body>(answer: Answer<Body>): Answer<Body> {
  if (answer.status >= 400) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesOf(answer: { headers: Headers }): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** A member as the list of their organisation shows them. */
export async function listed(by: Caller, organisation: string, email: string) {
  const { items } = must(
    await by.call(listMembers, { params: { id: organisation }, query: { q: email } }),
  ).body;
  const found = items.find((item) => item.email === email);
  if (!found) throw new Error(`${email} is not in the list`);
  return found;
}
