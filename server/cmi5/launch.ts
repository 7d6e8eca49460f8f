import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { isVisitor, type Member } from '../access/index.ts';
import type { Language } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import type { FilePlace } from '../resources/index.ts';
import { secretFor } from '../secret.ts';
import { packedFor, placeOf } from './course.ts';
import { iriFor, sha256, stored } from './made-statement.ts';
import { RegistrationModel, type StoredRegistration, type StoredSession } from './model.ts';
import { abandoned, launched, newlySatisfied } from './own-statements.ts';
import { noSuchUnit, unitElsewhere } from './problems.ts';
import { currentRegistration, noteStanding, record } from './registration.ts';
import { launchModeFor, type Standing } from './satisfaction.ts';
import { spent } from './session-rules.ts';
import { type Unit, unitsOf } from './structure.ts';
import { extensions } from './vocabulary.ts';

/** A session lasts for a working day at most; then its token opens nothing. */
const sessionLength = 8 * 3600_000;
/** What visitors leave behind goes with their session. */
const visitorsKeep = 9 * 3600_000;
const mostTries = 5;

/** Addresses that a launch is made of. */
export interface Places {
  /** of the application, which names the learner (section 9.2) */
  homePage: string;
  /** behind which the package runs; ends with a slash */
  play: string;
  /** of the record store; ends with a slash */
  records: string;
}

/** What is launched, and for whom. */
export interface Wish {
  place: FilePlace;
  unit: string;
  /** whether the course is begun anew, in a registration of its own */
  anew: boolean;
  language: Language;
}

/**
 * Launches a unit (cmi5, section 8): a session begins, one that was open is abandoned, and "launched" is recorded.
 * @throws notFound, forbidden, noSuchFile, noCourse, noSuchUnit, unitElsewhere, archive problems
 */
export async function launch(
  platform: Platform,
  member: Member,
  wish: Wish,
  places: (sha256: string) => Places,
) {
  const packed = await packedFor(platform, member, wish.place);
  const { course, archive } = packed;
  const unit = unitsOf(course).find(({ id }) => id === wish.unit);
  if (!unit) throw noSuchUnit({});
  const start = placeOf(unit, archive);
  if (!start) throw unitElsewhere({ url: unit.url });
  const { homePage, play, records } = places(packed.sha256);
  const fetchKey = randomBytes(32).toString('base64url');
  for (let tries = 0; tries < mostTries; tries++) {
    const now = platform.clock();
    const before = await registrationOf(platform, member, wish, packed.sha256, homePage);
    const session = sessionOf(before, unit, wish, isVisitor(member), { fetchKey, play }, now);
    const launchUrl = play + start.path.split('/').map(encodeURIComponent).join('/');
    const open = before.session;
    const isOpen = open !== null && open.terminatedAt === undefined && !open.isAbandoned;
    const standings = isOpen ? withTimeOf(open, before.standings) : before.standings;
    const group = newlySatisfied(course, before, standings, session, now);
    const statements = [
      ...(isOpen ? [abandoned(open, now)] : []),
      launched(session, unit, launchUrl, now),
      ...group.statements,
    ];
    const isDone = await record(
      before,
      { session, standings, satisfied: group.satisfied },
      statements.map((one, index) => stored(one, before, before.statements + index, now)),
    );
    if (!isDone) continue;
    if (isOpen) await noteStanding(before, standings, open, open.lastAt);
    const parameters = new URLSearchParams(start.parameters);
    parameters.set('endpoint', records);
    parameters.set('fetch', `${records}fetch/${before._id}/${fetchKey}`);
    parameters.set('actor', JSON.stringify(before.actor));
    parameters.set('registration', before._id);
    parameters.set('activityId', session.activityId);
    return {
      url: `${launchUrl}?${parameters}${start.hash}`,
      mode: session.mode,
      needsWindow: unit.launchMethod === 'OwnWindow',
    };
  }
  throw new Error(`A registration of ${wish.place.id} is changed all the time`);
}

/** Standings with the time of a session that is abandoned: from its launch to its last statement (section 9.5.4.2). */
function withTimeOf(session: StoredSession, standings: readonly Standing[]): Standing[] {
  const seconds = (session.lastAt.getTime() - session.launchedAt.getTime()) / 1000;
  return standings.map((one) => (one.unit === session.unit ? spent(session, one, seconds).standing : one));
}

async function registrationOf(
  platform: Platform,
  member: Member,
  { place: { id: resource }, anew }: Wish,
  blob: string,
  homePage: string,
): Promise<StoredRegistration> {
  const isKept = !isVisitor(member);
  const current = isKept ? await currentRegistration(member.id, resource, blob) : null;
  if (current && !anew) return current;
  const _id = randomUUID();
  // Packages learn a name that stands for the member in this resource alone, and nothing that could be put together.
  const name = createHmac('sha256', secretFor(platform.config, 'learners in cmi5'))
    .update(JSON.stringify([isKept ? member.id : _id, resource]))
    .digest('hex')
    .slice(0, 32);
  const made = {
    _id,
    member: isKept ? member.id : `visitor:${_id}`,
    resource,
    blob,
    turn: (current?.turn ?? -1) + 1,
    actor: { objectType: 'Agent' as const, account: { homePage, name } },
    revision: 0,
    standings: [],
    satisfied: [],
    session: null,
    statements: 0,
    latest: [],
    expiresAt: isKept ? null : new Date(platform.clock().getTime() + visitorsKeep),
  } satisfies StoredRegistration;
  await RegistrationModel.create(made);
  return made;
}

function sessionOf(
  { _id, actor, resource, standings }: StoredRegistration,
  unit: Unit,
  { language, place }: Wish,
  isBrowsing: boolean,
  { fetchKey, play }: { fetchKey: string; play: string },
  now: Date,
): StoredSession {
  const id = randomUUID();
  const standing = standings.find((one) => one.unit === unit.id);
  const mode = isBrowsing ? 'Browse' : launchModeFor(unit, standing);
  const { masteryScore, moveOn, launchMethod, launchParameters, entitlementKey } = unit;
  return {
    id,
    registration: _id,
    actor,
    unit: unit.id,
    activityId: iriFor(resource, 'unit', unit.id),
    mode,
    ...(masteryScore !== undefined && { masteryScore }),
    said: [],
    fetchKey: sha256(fetchKey),
    token: null,
    // Section 10.2
    launchData: JSON.stringify({
      contextTemplate: {
        contextActivities: { grouping: [{ objectType: 'Activity', id: unit.id }] },
        extensions: { [extensions.session]: id },
      },
      launchMode: mode,
      launchMethod,
      moveOn,
      ...(masteryScore !== undefined && { masteryScore }),
      ...(launchParameters !== undefined && { launchParameters }),
      ...(entitlementKey !== undefined && { entitlementKey: { courseStructure: entitlementKey } }),
      returnURL: `${play}.courseyard/returned.html`,
    }),
    language,
    launchedAt: now,
    lastAt: now,
    endsAt: new Date(now.getTime() + sessionLength),
    isAbandoned: false,
    ...(place.version === 'draft' && { isTrial: true }),
  };
}
