import type { MemberResult, NamedResult } from './results.ts';

/** A result as its member gets to see it. */
export const presentResult = ({ _id, file, item, title, reached, startedAt, updatedAt }: NamedResult) => ({
  id: String(_id),
  file,
  item,
  title,
  ...reached,
  startedAt,
  updatedAt,
});

/** A result as those in charge of the resource get to see it. */
export const presentMemberResult = (result: MemberResult) => {
  const { id, name, organisation } = result.person;
  return { ...presentResult(result), member: { id, name }, organisation };
};
