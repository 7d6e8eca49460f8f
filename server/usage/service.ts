import { assertCan, type Member } from '../access/index.ts';
import { dayAfter, startOf } from '../calendar.ts';
import { organisations as organisationLabels } from '../members/index.ts';
import { factsFor, readableByIds, resourceNumbers } from '../resources/index.ts';
import { rowsOf } from './days.ts';
import { UsageEventModel } from './model.ts';
import { type Asked, periodOf, ranking, share, tally } from './rules.ts';

/** Uses of a resource, for its owner and those who report. @throws notFound, forbidden */
export async function resourceUsage(member: Member, now: Date, id: string, asked: Asked) {
  const { owner, organisation } = await factsFor(member, 'read', id);
  assertCan(member, 'read', 'usage', { owner, organisation });
  const { from, to } = periodOf(now, asked);
  const { total, unique, elsewhere, days } = tally(await rowsOf(from, to, now, { resource: id }));
  return { from, to, total, unique, elsewhere, days };
}

/**
 * The numbers of an organisation, or of the group when none is named. An organisation's administrator may ask for
 * their own alone, and gets it without naming it.
 * @throws forbidden
 */
export async function usageSummary(
  member: Member,
  now: Date,
  { organisation: named, ...asked }: Asked & { organisation?: string | undefined },
) {
  const organisation = named ?? (isForGroup(member) ? undefined : member.organisation);
  assertCan(member, 'report', 'usage', { organisation: organisation ?? '' });
  const { from, to } = periodOf(now, asked);
  const [rows, numbers, people] = await Promise.all([
    rowsOf(from, to, now, { resourceOrganisation: organisation }),
    resourceNumbers({ organisation }, startOf(dayAfter(to, -365))),
    UsageEventModel.distinct('who', {
      at: { $gte: startOf(from), $lt: startOf(dayAfter(to)) },
      organisation: organisation ?? { $ne: '' },
    }),
  ]);
  const { total, elsewhere, byMembers, days } = tally(rows);
  const byResource = ranking(rows, (row) => row.resource);
  const byOrganisation = ranking(rows, (row) => row.organisation).filter(([id]) => id !== '');
  const top = byResource.slice(0, 10);
  const [readable, labels] = await Promise.all([
    readableByIds(
      member,
      top.map(([id]) => id),
    ),
    organisationLabels(byOrganisation.map(([id]) => id)),
  ]);
  const { renewed, ...resources } = numbers;
  return {
    from,
    to,
    resources,
    shares: {
      used: share(Math.min(byResource.length, resources.total), resources.total),
      renewed: share(renewed, resources.total),
      crossOrganisation: share(elsewhere, byMembers),
    },
    uses: total,
    people: people.length,
    days,
    organisations: byOrganisation.map(([id, uses]) => ({ id, name: labels.get(id)?.name ?? '', uses })),
    top: top.map(([resource, uses]) => ({
      resource,
      title: readable.get(resource)?.published?.title ?? '',
      uses,
    })),
  };
}

const isForGroup = (member: Member) =>
  member.roles.some((role) => role === 'curator' || role === 'group-admin');
