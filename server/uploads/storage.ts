import { assertCan, type Member } from '../access/index.ts';
import { conditionOfBlobs } from '../blobs/index.ts';
import { organisationName } from '../members/index.ts';
import { placesOf } from '../resources/index.ts';

/** How the stored bytes are, and where those that are set aside stand. @throws forbidden */
export async function storageFor(member: Member) {
  assertCan(member, 'read', 'job');
  const { setAside, ...sums } = await conditionOfBlobs();
  const places = await placesOf(
    member,
    setAside.map(({ sha256 }) => sha256),
  );
  return {
    ...sums,
    setAside: await Promise.all(
      setAside.map(async (blob) => ({
        ...blob,
        organisations: await Promise.all(
          blob.organisations.map(async (id) => ({ id, name: await organisationName(id) })),
        ),
        places: places.filter(({ sha256 }) => sha256 === blob.sha256),
      })),
    ),
  };
}
